import type { Config } from '../config.ts'
import { write } from '../db/scope.ts'
import { createLink, createUser, findUser, isUsername, listUsers } from '../resources/users/user.store.ts'
import { CommandError } from './command-error.ts'
import { scopeOfAccount } from './key.ts'
import { signInLink } from './sign-in-link.ts'
import { printTable } from './table.ts'
import { withDatabase } from './with-database.ts'

export async function createUserCommand(
  config: Config,
  account: string,
  username: string,
  admin: boolean,
): Promise<void> {
  if (!isUsername(username))
    throw new CommandError(
      `"${username}" cannot name a user. Use 1 to 64 letters, digits and the characters . _ @ -`,
      true,
    )
  const token = await withDatabase(config, async (database) =>
    write(await scopeOfAccount(database, account), async (tx) => {
      const user = await createUser(tx, username, admin)
      return user === undefined ? undefined : createLink(tx, user)
    }),
  )
  if (token === undefined)
    throw new CommandError(
      `A user ${username} of ${account} already exists. "timetrack user link ${account} ${username}" makes a new sign-in link.`,
    )
  showLink(
    `${admin ? 'Admin' : 'User'} ${username} of ${account} is ready.`,
    signInLink(config, account, token),
  )
}

export async function listUsersCommand(config: Config, account: string): Promise<void> {
  const users = await withDatabase(config, async (database) =>
    listUsers(await scopeOfAccount(database, account)),
  )
  printTable(
    ['USER', 'ROLE', 'CREATED', 'STATE'],
    users.map(({ username, admin, created_at, password_hash }) => [
      username,
      admin ? 'admin' : 'user',
      created_at,
      password_hash === null ? 'has not signed in yet' : 'has a password',
    ]),
  )
}

export async function linkUserCommand(config: Config, account: string, username: string): Promise<void> {
  const token = await withDatabase(config, async (database) =>
    write(await scopeOfAccount(database, account), async (tx) => {
      const user = await findUser(tx, username)
      return user && createLink(tx, user.id)
    }),
  )
  if (token === undefined)
    throw new CommandError(`${account} has no user ${username}. "timetrack user list ${account}" lists them.`)
  showLink(
    `With this link ${username} can set a new password. Until then the old one stays valid.`,
    signInLink(config, account, token),
  )
}

function showLink(sentence: string, link: string): void {
  console.log(`${sentence} The link works once, within 24 hours:\n\n  ${link}`)
}
