// The floor: the least that a Node program has to do for the same answers. node:http and better-sqlite3, one prepared
// statement a request over ordinary columns, JSON.stringify, one fsync a change; no index for searching.
import Sqlite from 'better-sqlite3'
import { serveFloor } from './floor-http.mjs'

const [, , file, port] = process.argv
const database = new Sqlite(file)
database.pragma('journal_mode = WAL')
database.pragma('synchronous = FULL')
const columns =
  'id as ID, id, projectName, clientName, projectEnabled, notes, hourRate, timeEstimated, budgetEstimated, createdAt, updatedAt'
const one = database.prepare(`select ${columns} from projects where account_id = ? and id = ?`)
const page = database.prepare(
  `select ${columns} from projects where account_id = ? order by id limit 51 offset ?`,
)
const search = database.prepare(
  `select ${columns} from projects where account_id = ? and instr(folded, ?) > 0 order by id limit 51`,
)
const insert = database.prepare(
  `insert into projects values (@account, (select max(id) + 1 from projects where account_id = @account),
    @projectName, @clientName, 1, @notes, @hourRate, @timeEstimated, @budgetEstimated, @now, @now, @folded)
    returning ${columns}`,
)
const update = database.prepare(
  `update projects set notes = @notes, updatedAt = @now where account_id = @account and id = @id returning ${columns}`,
)

function show(row) {
  row.projectEnabled = row.projectEnabled === 1
  return row
}

const asText = (row) => JSON.stringify(show(row))
const pageText = (rows) => JSON.stringify(rows.slice(0, 50).map(show))

// Changes use `all`, which runs a statement to its end: SQLite checkpoints only after that, and without checkpoints its
// log would grow for ever.
serveFloor(port, {
  one: (account, id) => asText(one.get(account, id)),
  search: (account, needle) => pageText(search.all(account, needle)),
  page: (account, skip) => pageText(page.all(account, skip)),
  create(account, body, now) {
    const [row] = insert.all({ ...body, account, now, folded: body.projectName.toUpperCase() })
    return { id: row.id, text: asText(row) }
  },
  update: (account, id, { notes }, now) => asText(update.all({ account, id, now, notes })[0]),
})
