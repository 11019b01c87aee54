// The floor: the least a Node program can do to give the same answers. node:http and better-sqlite3, one
// prepared statement a request over ordinary columns, JSON.stringify, one fsync a change; no routing, no
// authentication, no checks, no index for searching.
import { createServer } from 'node:http'
import Sqlite from 'better-sqlite3'

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

const BASE = '/api/v2/ext/projects'

let count = 0
const headers = () => ({
  'x-request-id': `floor-${++count}`,
  'cache-control': 'private, no-cache',
  vary: 'Prefer, X-TimeTrack-Api-Key',
  'content-type': 'application/json; charset=utf-8',
  etag: '"1"',
})

function show(row) {
  row.projectEnabled = row.projectEnabled === 1
  return row
}

createServer((request, response) => {
  const account = Number(request.headers['x-account'] ?? 1)
  if (request.method === 'GET') read(request.url, account, response)
  else change(request, account, response)
}).listen(Number(port), '127.0.0.1')

function read(url, account, response) {
  const id = Number(url.slice(BASE.length + 1))
  if (id && url[BASE.length] === '/') return send(response, 200, show(one.get(account, id)))
  const query = url.length > BASE.length ? new URLSearchParams(url.slice(BASE.length + 1)) : undefined
  const needle = query?.get('projectName')?.toUpperCase()
  const rows = needle
    ? search.all(account, needle)
    : page.all(account, 50 * Number(query?.get('page_number') ?? 0))
  const link = `<${url}?cursor=NTAuMDEyMzQ1Njc4OWFi>; rel="next", <${url}>; rel="first"`
  send(response, 200, rows.slice(0, 50).map(show), { link })
}

function change(request, account, response) {
  let text = ''
  request.setEncoding('utf8')
  request.on('data', (part) => {
    text += part
  })
  request.on('end', () => {
    const body = JSON.parse(text)
    const now = new Date().toISOString()
    if (request.method === 'PUT') {
      const id = Number(request.url.slice(BASE.length + 1))
      return send(response, 200, show(update.get({ account, id, now, notes: body.notes })))
    }
    const row = show(insert.get({ ...body, account, now, folded: body.projectName.toUpperCase() }))
    send(response, 201, row, { location: `${BASE}/${row.id}` })
  })
}

function send(response, status, answer, more) {
  const body = JSON.stringify(answer)
  response.writeHead(status, { ...headers(), ...more, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}
