import type { Migration } from '../migration.ts'
import { clientIndex } from '../sql.ts'

/** An index of the projects of clients that creates can afford; see docs/adr/0016-where-the-time-goes.md. */
export const clientsInBlocks: Migration = { name: '0006-clients-in-blocks', statements: clientIndex }
