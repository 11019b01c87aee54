import { type Tables, tables } from '../db/tables.ts'

export type CopiedTable = keyof Tables

/** The tables whose rows are copied. */
export const copiedTables = () =>
  (Object.keys(tables) as CopiedTable[]).filter((table) => tables[table].isCopied)

/** The columns of a table's primary key. */
export const keyOf = (table: CopiedTable): readonly string[] => tables[table].key
