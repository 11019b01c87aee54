import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createAccount, listAccounts } from '../accounts/account.store.ts'
import type { Config } from '../config.ts'
import type { Database } from '../db/open.ts'
import { BASE_PATH } from '../http/operation.ts'
import type { NewKey } from '../keys/key.store.ts'

const FIRST_ACCOUNT = 'testaccount'

/**
 * Where there is no account yet, makes one and prints how to use it. The secret goes to a terminal only;
 * where there is none, into a file beside the database that its owner alone can read.
 */
export async function welcome(config: Config, database: Database, port: number): Promise<void> {
  if ((await listAccounts(database)).length > 0) return
  const created = await createAccount(database, 'first start', FIRST_ACCOUNT)
  if (!created) return
  const url = `http://${FIRST_ACCOUNT}.${config.baseDomain}:${port}${BASE_PATH}/projects`
  console.log(process.stdout.isTTY ? onTerminal(created, url) : inFile(created, url, dirname(database.file)))
}

function onTerminal({ key, secret }: NewKey, url: string): string {
  return `
Account ${FIRST_ACCOUNT} is ready. Keep the secret: it is not shown again.

  Key:    ${key}
  Secret: ${secret}

${examples(url, key, secret)}
`
}

function inFile({ key, secret }: NewKey, url: string, folder: string): string {
  const file = join(folder, `${FIRST_ACCOUNT}.credentials`)
  writeFileSync(file, `TIMETRACK_KEY=${key}\nTIMETRACK_SECRET=${secret}\n`, { mode: 0o600, flag: 'wx' })
  return `
Account ${FIRST_ACCOUNT} is ready. Its key and secret are in ${file}

  . '${file}'

${examples(url, '$TIMETRACK_KEY', '$TIMETRACK_SECRET')}
`
}

function examples(url: string, key: string, secret: string): string {
  const headers = `-H "X-TimeTrack-Api-Key: ${key}" -H "X-TimeTrack-Api-Secret: ${secret}"`
  return `Create a project, then list the projects:

  curl ${headers} -H "Content-Type: application/json" ${url} -d '{"projectName":"Test project 001","clientName":"Test company"}'
  curl ${headers} ${url}`
}
