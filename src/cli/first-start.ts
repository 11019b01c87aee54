import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createAccount, listAccounts } from '../accounts/account.store.ts'
import type { Database } from '../db/database.ts'
import type { Tx } from '../db/scope.ts'
import { BASE_PATH } from '../http/operation.ts'
import type { NewKey } from '../resources/keys/key.store.ts'
import { createLink, createUser } from '../resources/users/user.store.ts'
import { CommandError } from './command-error.ts'
import { signInLink } from './sign-in-link.ts'

const FIRST_ACCOUNT = 'testaccount'
const FIRST_USER = 'admin'

/** What a first start gives its operator. */
interface Welcome extends NewKey {
  /** Where the admin signs in, once. */
  readonly link: string
}

/**
 * If there is no account yet, creates one with an admin and prints how to use it. The secrets are printed only to a
 * terminal; without one, they go into a file beside the database that only its owner can read.
 * @param served the URL on which the server listens
 */
export async function welcome(baseDomain: string, database: Database, served: string): Promise<void> {
  if ((await listAccounts(database)).length > 0) return
  const port = Number(new URL(served).port || 80)
  const url = `http://${FIRST_ACCOUNT}.${baseDomain}:${port}${BASE_PATH}/projects`
  const makeAdmin = async (tx: Tx) => {
    const user = await createUser(tx, FIRST_USER, true)
    if (user === undefined) throw new Error('a new account already has a user')
    return signInLink({ baseDomain, port }, FIRST_ACCOUNT, await createLink(tx, user))
  }
  if (process.stdout.isTTY) {
    let link = ''
    const created = await createAccount(database, 'first start', FIRST_ACCOUNT, async (_, tx) => {
      link = await makeAdmin(tx)
    })
    if (created) console.log(onTerminal({ ...created, link }, url))
    return
  }
  // The file is written before the commit: after a crash in between there is no account, and the next start
  // is a first one again. (On a terminal, a crash may lose the secrets; "key create" and "user link" make new ones.)
  const file = join(database.folder, `${FIRST_ACCOUNT}.credentials`)
  let written = false
  const write = async (key: NewKey, tx: Tx) => {
    writeCredentials(file, { ...key, link: await makeAdmin(tx) })
    written = true
  }
  try {
    if (await createAccount(database, 'first start', FIRST_ACCOUNT, write)) console.log(inFile(file, url))
  } catch (error) {
    if (written) rmSync(file, { force: true })
    throw error
  }
}

/** Replaces a file that already exists, whatever its mode. */
function writeCredentials(file: string, { key, secret, link }: Welcome): void {
  const fresh = `${file}.${process.pid}`
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    rmSync(fresh, { force: true })
    writeFileSync(
      fresh,
      `export TIMETRACK_KEY=${key}\nexport TIMETRACK_SECRET=${secret}\nexport TIMETRACK_SIGN_IN='${link}'\n`,
      {
        mode: 0o600,
        flag: 'wx',
        flush: true,
      },
    )
    renameSync(fresh, file)
  } catch (error) {
    rmSync(fresh, { force: true })
    throw new CommandError(
      `The key of the first account cannot be written to ${file}: ${error instanceof Error ? error.message : error}. ` +
        'Check the permissions of its folder and the free space there.',
    )
  }
}

function onTerminal({ key, secret, link }: Welcome, url: string): string {
  return `
Account ${FIRST_ACCOUNT} is ready. Open the web app as ${FIRST_USER}; this link works once, within 24 hours:

  ${link}

Keep the secret of its key: it is not shown again.

  Key:    ${key}
  Secret: ${secret}

${examples(url, key, secret)}
`
}

function inFile(file: string, url: string): string {
  return `
Account ${FIRST_ACCOUNT} is ready. Its key, its secret and a link that signs ${FIRST_USER} in to the web app, once
and within 24 hours, are in ${file}

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
