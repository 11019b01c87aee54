import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createAccount, listAccounts } from '../accounts/account.store.ts'
import type { Database } from '../db/open.ts'
import { BASE_PATH } from '../http/operation.ts'
import type { NewKey } from '../keys/key.store.ts'
import { CommandError } from './command-error.ts'

const FIRST_ACCOUNT = 'testaccount'

/**
 * Where there is no account yet, makes one and prints how to use it. The secret goes to a terminal only;
 * where there is none, into a file beside the database that its owner alone can read.
 */
export async function welcome(baseDomain: string, database: Database, port: number): Promise<void> {
  if ((await listAccounts(database)).length > 0) return
  const url = `http://${FIRST_ACCOUNT}.${baseDomain}:${port}${BASE_PATH}/projects`
  if (process.stdout.isTTY) {
    const created = await createAccount(database, 'first start', FIRST_ACCOUNT)
    if (created) console.log(onTerminal(created, url))
    return
  }
  // The file is written before the commit: after a crash in between there is no account, and the next start
  // is a first one again. (On a terminal a crash may lose the secret; "key create" makes another.)
  const file = join(dirname(database.file), `${FIRST_ACCOUNT}.credentials`)
  let written = false
  const write = (key: NewKey) => {
    writeCredentials(file, key)
    written = true
  }
  try {
    if (await createAccount(database, 'first start', FIRST_ACCOUNT, write)) console.log(inFile(file, url))
  } catch (error) {
    if (written) rmSync(file, { force: true })
    throw error
  }
}

/** Takes the place of a file that is there already, whatever its mode. */
function writeCredentials(file: string, { key, secret }: NewKey): void {
  const fresh = `${file}.${process.pid}`
  try {
    rmSync(fresh, { force: true })
    writeFileSync(fresh, `TIMETRACK_KEY=${key}\nTIMETRACK_SECRET=${secret}\n`, {
      mode: 0o600,
      flag: 'wx',
      flush: true,
    })
    renameSync(fresh, file)
  } catch (error) {
    rmSync(fresh, { force: true })
    throw new CommandError(
      `The key of the first account cannot be written to ${file}: ${error instanceof Error ? error.message : error}. ` +
        'Check the rights on its folder, and the room there.',
    )
  }
}

function onTerminal({ key, secret }: NewKey, url: string): string {
  return `
Account ${FIRST_ACCOUNT} is ready. Keep the secret: it is not shown again.

  Key:    ${key}
  Secret: ${secret}

${examples(url, key, secret)}
`
}

function inFile(file: string, url: string): string {
  return `
Account ${FIRST_ACCOUNT} is ready. Its key and secret are in ${file}

  . ${quoteForShell(file)}

${examples(url, '$TIMETRACK_KEY', '$TIMETRACK_SECRET')}
`
}

function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

function examples(url: string, key: string, secret: string): string {
  const headers = `-H "X-TimeTrack-Api-Key: ${key}" -H "X-TimeTrack-Api-Secret: ${secret}"`
  return `Create a project, then list the projects:

  curl ${headers} -H "Content-Type: application/json" ${url} -d '{"projectName":"Test project 001","clientName":"Test company"}'
  curl ${headers} ${url}`
}
