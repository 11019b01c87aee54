import type { Database, PostgresLocation } from '../open.ts'

export async function openPostgres(_location: PostgresLocation): Promise<Database> {
  throw new Error('not yet')
}
