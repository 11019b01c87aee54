// Runs in a thread that reads; see reader-thread.ts. It is plain JavaScript, since it is loaded as it is, beside the
// sources as well as beside the bundle.
import { parentPort, workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'

const MOST_STATEMENTS = 100

/** @type {Sqlite.Database | undefined} */
let handle
/** @type {Map<string, Sqlite.Statement>} */
const statements = new Map()

parentPort?.on('message', (reads) => {
  if (reads === null) {
    handle?.close()
    parentPort?.close()
  } else parentPort?.postMessage(answer(reads))
})

/** The rows of each read, all of one snapshot; or the error. */
function answer(reads) {
  try {
    handle ??= open()
    handle.exec('begin')
    return { rows: reads.map(rowsOf) }
  } catch (error) {
    return { error: { code: error.code, message: error.message } }
  } finally {
    if (handle?.inTransaction) handle.exec('rollback')
  }
}

function open() {
  const { file, pragmas, timeout } = workerData
  const opened = new Sqlite(file, { readonly: true, timeout })
  for (const pragma of pragmas) opened.pragma(pragma)
  return opened
}

function rowsOf({ sql, values, bare }) {
  let statement = statements.get(sql)
  if (!statement) {
    const [oldest] = statements.keys()
    if (statements.size >= MOST_STATEMENTS) statements.delete(oldest)
    statement = handle.prepare(sql)
    if (bare) statement.pluck()
    statements.set(sql, statement)
  }
  return statement.all(...values)
}
