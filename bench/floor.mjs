// The floor: the least a Node program can do to give the same answers. node:http and better-sqlite3, one
// prepared statement a request over ordinary columns, JSON.stringify; no routing, no authentication, no checks.
import { createServer } from 'node:http'
import Sqlite from 'better-sqlite3'

const [, , file, port] = process.argv
const database = new Sqlite(file, { readonly: true })
const columns =
  'id as ID, id, projectName, clientName, projectEnabled, notes, hourRate, timeEstimated, budgetEstimated, createdAt, updatedAt'
const one = database.prepare(`select ${columns} from projects where account_id = ? and id = ?`)
const page = database.prepare(`select ${columns} from projects where account_id = ? order by id limit 51`)

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
  const id = Number(request.url.slice('/api/v2/ext/projects/'.length))
  const more = id
    ? {}
    : { link: `<${request.url}?cursor=NTAuMDEyMzQ1Njc4OWFi>; rel="next", <${request.url}>; rel="first"` }
  const body = JSON.stringify(id ? show(one.get(1, id)) : page.all(1).slice(0, 50).map(show))
  response.writeHead(200, { ...headers(), ...more, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}).listen(Number(port), '127.0.0.1', () => console.log('ready'))
