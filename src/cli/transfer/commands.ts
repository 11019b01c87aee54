import { type Command, Option } from 'commander'
import { readConfig } from '../../config.ts'
import { resourceNames } from '../../sdk/resources.ts'
import type { Connection } from './connection.ts'

type Environment = Readonly<Record<string, string | undefined>>

interface ConnectionOptions {
  readonly url?: string
  readonly key?: string
}

const IMPORT_HELP = `
FILE is JSON (an array of objects) or CSV in UTF-8 or Windows-1252, whose first line names the fields of the API,
separated by commas, semicolons or tabs. Decimal commas are read where the separator is not a comma. An empty cell is
null, "" is empty text. id, createdAt and updatedAt are ignored: an object is recognised by its name, a project by its
client and name. One that already exists is updated if the file differs, so an import can be run again; a field that the
file lacks is left as it is.

Nothing is written unless every row can be. The rows are checked against the server first, then sent 1,000 at a time,
each batch completely or not at all. Only if somebody takes a name in between, or the server goes away, can an import
stop half-way. It says so, and running it again continues from there.

The secret is read from TIMETRACK_SECRET. Exit codes: 0 everything is imported, 1 something was refused or failed,
2 wrong usage.`

const EXPORT_HELP = `
An import reads it back unchanged. In CSV, text that a spreadsheet would run as a formula is preceded by an apostrophe,
which an import removes. The secret is read from TIMETRACK_SECRET.`

/** Adds `import` and `export`, each with a command for every kind of object. */
export function addTransferCommands(program: Command, environment: Environment): void {
  const imports = program.command('import').description('import objects from a file')
  const exports = program.command('export').description('export objects to a file')
  for (const many of resourceNames) {
    addImport(imports, many, environment)
    addExport(exports, many, environment)
  }
}

const reaching = (command: Command) =>
  command
    .option('--url <url>', 'where the server is (default: the PORT of this machine)')
    .option('--key <key>', 'the key (default: TIMETRACK_KEY)')

function addImport(imports: Command, many: string, environment: Environment): void {
  reaching(imports.command(`${many} <file>`))
    .description(`import ${many} from a CSV or JSON file; safe to run again`)
    .option('--dry-run', 'only print what would be done')
    .option('--partial', 'import the valid rows even if others are refused')
    .addHelpText('after', IMPORT_HELP)
    .action(async (file: string, options: ConnectionOptions & { dryRun?: true; partial?: true }) =>
      (await import('../import.ts')).importFile(many, file, connectionOf(options, environment), {
        dryRun: options.dryRun ?? false,
        partial: options.partial ?? false,
      }),
    )
}

function addExport(exports: Command, many: string, environment: Environment): void {
  reaching(exports.command(`${many} [file]`))
    .description(`export all ${many} to a file or standard output`)
    .addOption(new Option('--format <format>', 'what to write').choices(['csv', 'json']))
    .addHelpText('after', EXPORT_HELP)
    .action(async (file: string | undefined, options: ConnectionOptions & { format?: 'csv' | 'json' }) =>
      (await import('../export.ts')).exportFile(
        many,
        file,
        connectionOf(options, environment),
        options.format ?? (file?.toLowerCase().endsWith('.json') ? 'json' : 'csv'),
      ),
    )
}

function connectionOf({ url, key }: ConnectionOptions, environment: Environment): Connection {
  return {
    url: url ?? `http://127.0.0.1:${readConfig(environment).port}`,
    key: key ?? environment.TIMETRACK_KEY,
    secret: environment.TIMETRACK_SECRET,
  }
}
