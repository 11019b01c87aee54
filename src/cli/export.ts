import { createWriteStream, renameSync, rmSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { TimeTrack } from '../sdk/index.ts'
import { csvHeader, csvLine } from '../transfer/csv-write.ts'
import type { FileKind } from '../transfer/file-kind.ts'
import { clientOf } from '../transfer/plan.ts'
import { CommandError } from './command-error.ts'
import { type Connection, connect, explain } from './transfer/connection.ts'
import { fileKindOf } from './transfer/file-kinds.ts'
import { Progress } from './transfer/progress.ts'

type Format = 'csv' | 'json'

const PAGE = 1_000

/** Writes all objects of a kind to a file, which appears once it is complete, or to standard output. */
export async function exportFile(
  many: string,
  file: string | undefined,
  connection: Connection,
  format: Format,
): Promise<void> {
  const client = connect(connection)
  const progress = new Progress(process.stderr)
  const text = Readable.from(textOf(client, fileKindOf(many), format, progress))
  const part = `${file}.part`
  try {
    if (file === undefined) await pipeline(text, process.stdout, { end: false })
    else {
      await pipeline(text, createWriteStream(part))
      renameSync(part, file)
    }
  } catch (error) {
    if (file !== undefined) rmSync(part, { force: true })
    if (isClosedPipe(error)) return
    throw new CommandError(isSystemError(error) ? unwritable(file, error) : explain(error, connection.url))
  } finally {
    progress.end()
  }
}

async function* textOf(
  client: TimeTrack,
  kind: FileKind,
  format: Format,
  progress: Progress,
): AsyncGenerator<string> {
  const objects = clientOf(client, kind)
  const { total = 0 } = await objects.list({ limit: 0 }, { count: true })
  let done = 0
  yield format === 'csv' ? csvHeader(kind) : '['
  for await (const object of objects.all({ limit: PAGE })) {
    yield format === 'csv' ? csvLine(kind, object) : `${done === 0 ? '' : ','}\n${JSON.stringify(object)}`
    progress.show('Exporting', ++done, total)
  }
  if (format === 'json') yield '\n]\n'
}

const isSystemError = (error: unknown): error is Error => error instanceof Error && 'syscall' in error

const unwritable = (file: string | undefined, { message }: Error) =>
  `${file ?? 'Standard output'} cannot be written: ${message}. Make room there, or choose another place.`

/** The reader has seen enough and closed the pipe, as `head` does. */
const isClosedPipe = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EPIPE'
