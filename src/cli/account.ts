import { createAccount, listAccounts } from '../accounts/account.store.ts'
import type { Config } from '../config.ts'
import { isAccountName } from '../http/host.ts'
import { CommandError } from './command-error.ts'
import { printTable } from './table.ts'
import { commandLineActor, withDatabase } from './with-database.ts'

export async function createAccountCommand(config: Config, name: string, json: boolean): Promise<void> {
  if (!isAccountName(name))
    throw new CommandError(
      `"${name}" cannot name an account. Use 1 to 63 lower-case letters, digits and inner hyphens; ` +
        'www, api, app and admin are reserved.',
      true,
    )
  const created = await withDatabase(config, (database) => createAccount(database, commandLineActor(), name))
  if (!created)
    throw new CommandError(
      `An account ${name} already exists. "timetrack key create ${name}" gives it another key.`,
    )
  const { key, secret } = created
  if (json) console.log(JSON.stringify({ account: name, apiKey: key, apiSecret: secret }))
  else
    console.log(
      `Account ${name} is ready. Keep the secret: it is not shown again.\n\nKey:    ${key}\nSecret: ${secret}`,
    )
}

export async function listAccountsCommand(config: Config): Promise<void> {
  const accounts = await withDatabase(config, listAccounts)
  printTable(
    ['ACCOUNT', 'NUMBER', 'CREATED'],
    accounts.map((account) => [account.name, String(account.account_id), account.created_at]),
  )
}
