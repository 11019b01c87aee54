import { sql } from 'kysely'
import { type Builder, query, raw, type Statement } from '../query.ts'
import type { NamedTable } from './named-table.ts'

/** How many characters a gram of pg_trgm has. */
export const TRIGRAM = 3

const nameOf = (table: string) => `${table}_name_grams`

const creation = (table: string) =>
  `create index ${nameOf(table)} on ${table} using gin (name_fold gin_trgm_ops)`

/** The index for a part of a name. Where pg_trgm is not installed, or may not be, a search looks at every row. */
export function createTrigramIndex(db: Builder, table: NamedTable['table']): Statement<unknown> {
  return raw(
    db,
    sql`do $$ begin
  create extension if not exists pg_trgm;
  ${sql.raw(creation(table))};
exception when insufficient_privilege or feature_not_supported or undefined_file or undefined_object then
  null;
end $$`,
  )
}

/** A row where the index of a table is there. */
export const hasTrigramIndex = (table: NamedTable['table']) =>
  query((db) =>
    raw(
      db,
      sql`select 1 from pg_index where indexrelid = to_regclass(${sql.lit(nameOf(table))}) and indisvalid`,
    ),
  )

/** The tables with folded names that lack their index. */
export const withoutTrigramIndex = query((db) =>
  raw(
    db,
    sql<{ name: string }>`select relname as name from pg_class join pg_attribute on attrelid = pg_class.oid
      where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and attname = 'name_fold'
      and not exists (
        select from pg_index where indexrelid = to_regclass(relname || ${sql.lit(nameOf(''))}) and indisvalid
      ) order by relname`,
  ),
)

/** What makes the indexes of some tables, where pg_trgm is installed. */
export const makingOf = (tables: readonly string[]) => tables.map((table) => `${creation(table)};`).join(' ')
