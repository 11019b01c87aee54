import type { Migration } from '../migration.ts'
import { start } from './0001-start.ts'
import { search } from './0002-search.ts'
import { largeAccounts } from './0003-large-accounts.ts'
import { web } from './0004-web.ts'
import { uniqueNames } from './0005-unique-names.ts'
import { clientsInBlocks } from './0006-clients-in-blocks.ts'
import { longerGrams } from './0007-longer-grams.ts'
import { audit } from './0008-audit.ts'
import { nameIndexes } from './0009-name-indexes.ts'
import { projectsOfClients } from './0010-projects-of-clients.ts'
import { tasks } from './0011-tasks.ts'

/** In order; a migration that has been released is never edited, moved or removed. */
export const migrations: readonly Migration[] = [
  start,
  search,
  largeAccounts,
  web,
  uniqueNames,
  clientsInBlocks,
  longerGrams,
  audit,
  nameIndexes,
  projectsOfClients,
  tasks,
]
