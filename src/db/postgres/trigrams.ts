import { sql } from 'kysely'
import { type Builder, query, raw, type Statement } from '../query.ts'

/** How many characters a gram of pg_trgm has. */
export const TRIGRAM = 3

export const CREATE_TRIGRAM_INDEX =
  'create index projects_name_grams on projects using gin (name_fold gin_trgm_ops)'

/** The index for a part of a name. Where pg_trgm is not installed, or may not be, a search looks at every row. */
export function createTrigramIndex(db: Builder): Statement<unknown>[] {
  return [
    raw(
      db,
      sql`do $$ begin
  create extension if not exists pg_trgm;
  ${sql.raw(CREATE_TRIGRAM_INDEX)};
exception when insufficient_privilege or feature_not_supported or undefined_file or undefined_object then
  null;
end $$`,
    ),
  ]
}

/** A row where the index is there. */
export const hasTrigramIndex = query((db) =>
  raw(db, sql`select 1 from pg_index where indexrelid = to_regclass('projects_name_grams') and indisvalid`),
)
