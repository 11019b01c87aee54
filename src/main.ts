import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { CommandError } from './cli/command-error.ts'
import { addTransferCommands } from './cli/transfer/commands.ts'
import { ConfigError, readConfig } from './config.ts'

const EXIT_FAILED = 1
const EXIT_USAGE = 2

const COPY_HELP = `
Both are given as in DATABASE_URL: file:PATH or postgres://USER:PASSWORD@HOST:PORT/DATABASE. Stop the servers first. At
the end both databases are read again and compared row by row; until then no server starts on the copy. If a run is
interrupted, for whatever reason, run the same command again to resume it. Exit codes: 0 everything is copied and
identical, 1 it is not, 2 wrong usage.`

try {
  process.loadEnvFile()
} catch {
  // No .env file: only the environment counts.
}

const program = new Command('timetrack')
  .description(
    'A server that speaks the TimeTrack REST API. Settings come from the environment; see .env.example.',
  )
  .exitOverride()
  .showHelpAfterError('Add --help for the usage.')
  .addHelpCommand(false)

program
  .command('serve')
  .description('migrate the database and serve; the first start creates an account and prints its key')
  .action(async () => (await import('./cli/serve.ts')).serve(readConfig(process.env)))

program
  .command('migrate')
  .description('upgrade the database to this version')
  .action(async () => (await import('./cli/migrate.ts')).migrateDatabase(readConfig(process.env)))

program
  .command('copy')
  .description('copy everything into an empty database, of either engine; resumes where it was interrupted')
  .requiredOption('--from <url>', 'the database to copy; no server may change it in the meantime')
  .requiredOption('--to <url>', 'an empty database, or one with an unfinished copy of the same source')
  .addHelpText('after', COPY_HELP)
  .action(async ({ from, to }: { from: string; to: string }) =>
    (await import('./cli/copy.ts')).copyDatabase(from, to),
  )

const account = program.command('account').description('create and list accounts')
account
  .command('create <name>')
  .description('create an account and its first key; the secret is shown only once')
  .option('--json', 'print one JSON object')
  .action(async (name: string, options: { json?: true }) =>
    (await import('./cli/account.ts')).createAccountCommand(
      readConfig(process.env),
      name,
      options.json ?? false,
    ),
  )
account
  .command('list')
  .description('list the accounts')
  .action(async () => (await import('./cli/account.ts')).listAccountsCommand(readConfig(process.env)))

const key = program.command('key').description('create, list, rotate and revoke keys')
key
  .command('create <account>')
  .description('create a key; its secret is shown only once')
  .option('--read-only', 'a key that can read but not change anything')
  .action(async (name: string, options: { readOnly?: true }) =>
    (await import('./cli/key.ts')).createKeyCommand(
      readConfig(process.env),
      name,
      options.readOnly ? 'read' : 'write',
    ),
  )
key
  .command('list <account>')
  .description('list the keys of an account')
  .action(async (name: string) =>
    (await import('./cli/key.ts')).listKeysCommand(readConfig(process.env), name),
  )
key
  .command('rotate <key>')
  .description('give a key a new secret, shown only once')
  .addOption(
    new Option('--grace <hours>', 'how long the old secret stays valid').default(0).argParser(parseGrace),
  )
  .action(async (text: string, options: { grace: number }) =>
    (await import('./cli/key.ts')).rotateKeyCommand(readConfig(process.env), text, options.grace),
  )
key
  .command('revoke <key>')
  .description('revoke a key for good')
  .action(async (text: string) =>
    (await import('./cli/key.ts')).revokeKeyCommand(readConfig(process.env), text),
  )

const user = program.command('user').description('create and list users of the web app, and let them sign in')
user
  .command('create <account> <name>')
  .description('create a user; prints a link that signs them in once and lets them set a password')
  .option('--admin', 'a user who may manage the keys of the account')
  .action(async (account: string, name: string, options: { admin?: true }) =>
    (await import('./cli/user.ts')).createUserCommand(
      readConfig(process.env),
      account,
      name,
      options.admin ?? false,
    ),
  )
user
  .command('list <account>')
  .description('list the users of an account')
  .action(async (account: string) =>
    (await import('./cli/user.ts')).listUsersCommand(readConfig(process.env), account),
  )
user
  .command('link <account> <name>')
  .description('print a new sign-in link, for a user who has forgotten the password')
  .action(async (account: string, name: string) =>
    (await import('./cli/user.ts')).linkUserCommand(readConfig(process.env), account, name),
  )

addTransferCommands(program, process.env)

function parseGrace(text: string): number {
  const hours = /^\d{1,4}(?:\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN
  if (!(hours <= 8760)) throw new InvalidArgumentError('Give hours from 0 to 8760.')
  return hours
}

function messageOf(error: unknown): string {
  if (error instanceof ConfigError && error.problems.length > 1)
    return ['Several settings are wrong:', ...error.problems].join('\n  ')
  return error instanceof Error ? error.message : String(error)
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE
  if (error instanceof ConfigError || (error instanceof CommandError && error.usage)) return EXIT_USAGE
  return EXIT_FAILED
}

try {
  for (const command of program.commands) for (const one of [command, ...command.commands]) one.exitOverride()
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) process.stderr.write(`timetrack: ${messageOf(error)}\n`)
  process.exitCode = exitCodeOf(error)
}
