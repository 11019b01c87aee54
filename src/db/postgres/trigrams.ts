import { sql } from 'kysely'
import { type Builder, raw, type Statement } from '../query.ts'

const CREATE = 'create index projects_name_grams on projects using gin (name_fold gin_trgm_ops)'

/** The index for a part of a name. Where pg_trgm is not installed, or may not be, a search looks at every row. */
export function createTrigramIndex(db: Builder): Statement<unknown>[] {
  return [
    raw(
      db,
      sql`do $$ begin
  create extension if not exists pg_trgm;
  ${sql.raw(CREATE)};
exception when insufficient_privilege or feature_not_supported or undefined_file or undefined_object then
  null;
end $$`,
    ),
  ]
}
