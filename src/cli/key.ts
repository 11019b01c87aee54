import { findAccount } from '../accounts/account.store.ts'
import type { Config } from '../config.ts'
import type { Database } from '../db/database.ts'
import { openScope, type Scope, write } from '../db/scope.ts'
import type { KeyAccess } from '../db/tables.ts'
import {
  accountOfKey,
  createKey,
  findKeyByText,
  GraceRunningError,
  type KeyRow,
  listKeys,
  type NewKey,
  revokeKey,
  rotateKey,
} from '../resources/keys/key.store.ts'
import { CommandError } from './command-error.ts'
import { printTable } from './table.ts'
import { commandLineActor, withDatabase } from './with-database.ts'

export async function createKeyCommand(config: Config, name: string, access: KeyAccess): Promise<void> {
  const created = await withDatabase(config, async (database) =>
    write(await scopeOfAccount(database, name), (tx) => createKey(tx, access)),
  )
  showSecret(`A ${access === 'read' ? 'read-only ' : ''}key for ${name}.`, created)
}

export async function listKeysCommand(config: Config, name: string): Promise<void> {
  const keys = await withDatabase(config, async (database) => listKeys(await scopeOfAccount(database, name)))
  printTable(
    ['KEY', 'NAME', 'ACCESS', 'CREATED', 'LAST USED', 'STATE'],
    keys.map((key) => [
      key.key,
      key.name,
      key.access,
      key.created_at,
      key.last_used_at ?? 'never',
      stateOf(key),
    ]),
  )
}

export async function rotateKeyCommand(config: Config, key: string, graceHours: number): Promise<void> {
  const scopeOf = scopeOfKey(key)
  const rotated = await withDatabase(config, (database) =>
    write(scopeOf(database), async (tx) => {
      const row = await findKeyByText(tx, key)
      return row && rotateKey(tx, row, graceHours)
    }),
  ).catch((error) => {
    throw error instanceof GraceRunningError ? graceRunning(key, error.until) : error
  })
  if (!rotated) throw unknownKey(key)
  showSecret(
    graceHours > 0
      ? `The old secret stays valid for ${graceHours} hours.`
      : 'No old secret is valid any longer.',
    rotated,
  )
}

export async function revokeKeyCommand(config: Config, key: string): Promise<void> {
  const scopeOf = scopeOfKey(key)
  const revoked = await withDatabase(config, (database) =>
    write(scopeOf(database), async (tx) => {
      const row = await findKeyByText(tx, key)
      return row && revokeKey(tx, row)
    }),
  )
  if (!revoked) throw unknownKey(key)
  console.log(`Key ${key} is revoked.`)
}

/** The scope of the command line in an account. Throws CommandError if there is no account of this name. */
export async function scopeOfAccount(database: Database, name: string): Promise<Scope> {
  const account = await findAccount(database, name)
  if (!account) throw new CommandError(`No account is called ${name}. "timetrack account list" lists them.`)
  return openScope(database, account.account_id, commandLineActor(), 'write')
}

function scopeOfKey(key: string): (database: Database) => Scope {
  const account = accountOfKey(key)
  if (account === undefined)
    throw new CommandError(`"${key}" is not the text of a key, such as ttk_1_…`, true)
  return (database) => openScope(database, account, commandLineActor(), 'write')
}

const unknownKey = (key: string) =>
  new CommandError(`No key ${key} is in use. "timetrack key list ACCOUNT" lists those of an account.`)

const graceRunning = (key: string, until: string) =>
  new CommandError(
    `An earlier secret of key ${key} stays valid until ${until}. Rotate with --grace after that, ` +
      'or without it now, which ends all old secrets at once.',
  )

function showSecret(sentence: string, { key, secret }: NewKey): void {
  console.log(`${sentence} Keep the new secret: it is not shown again.\n\nKey:    ${key}\nSecret: ${secret}`)
}

function stateOf({ revoked_at, previous_until, expires_at }: KeyRow): string {
  const now = new Date().toISOString()
  if (revoked_at !== null) return `revoked ${revoked_at}`
  if (expires_at !== null && expires_at <= now) return `expired ${expires_at}`
  const inGrace = previous_until !== null && previous_until > now
  return inGrace ? `in use; old secret valid until ${previous_until}` : 'in use'
}
