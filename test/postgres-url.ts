import type { Server } from 'node:net'
import type { PostgresLocation } from '../src/db/location.ts'
import { locationIn } from './process.ts'

/** PostgreSQL for the tests asks for none: it shows where one would be printed. */
export const PASSWORD = 'pass-word-7c'

/** The database of a folder, reached in another way. */
export function urlBy(folder: string, change: Partial<PostgresLocation>): string {
  const { hosts, database, user } = { ...postgresOf(folder), ...change }
  const authority = hosts.map(({ host, port }) => `${encodeURIComponent(host)}:${port}`).join()
  return `postgres://${encodeURIComponent(user)}:${PASSWORD}@${authority}/${database}?max=4`
}

export function postgresOf(folder: string): PostgresLocation {
  const location = locationIn(folder)
  if (!('postgres' in location)) throw new Error('these tests need PostgreSQL')
  return location.postgres
}

export const portOf = (server: Server) => (server.address() as { port: number }).port
