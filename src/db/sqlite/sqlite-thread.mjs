// Runs in a thread with a handle of its own; see thread.ts. It is plain JavaScript, since it is loaded as it is, beside
// the sources as well as beside the bundle.
import { parentPort, workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'

const MOST_STATEMENTS = 100

/** @type {Sqlite.Database | undefined} */
let handle
/** @type {Map<string, Sqlite.Statement>} */
const prepared = new Map()

parentPort?.on('message', (task) => {
  if (task === null) {
    handle?.close()
    parentPort?.close()
  } else parentPort?.postMessage({ ...answer(task), inTransaction: handle?.inTransaction ?? false })
})

/** The rows of each statement; or the first error, behind which nothing is done. */
function answer({ statements, isSnapshot }) {
  try {
    handle ??= open()
    if (isSnapshot) handle.exec('begin')
    return { rows: statements.map(run) }
  } catch (error) {
    return { error: { code: error.code, message: error.message } }
  } finally {
    if (isSnapshot && handle?.inTransaction) handle.exec('rollback')
  }
}

function open() {
  const { file, pragmas, ...options } = workerData
  const opened = new Sqlite(file, { ...options, fileMustExist: true })
  for (const pragma of pragmas) opened.pragma(pragma)
  return opened
}

function run({ sql, values, bare }) {
  let statement = prepared.get(sql)
  if (!statement) {
    const [oldest] = prepared.keys()
    if (prepared.size >= MOST_STATEMENTS) prepared.delete(oldest)
    statement = handle.prepare(sql)
    if (bare) statement.pluck()
    prepared.set(sql, statement)
  }
  if (statement.reader) return statement.all(...values)
  statement.run(...values)
  return []
}
