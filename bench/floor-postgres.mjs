// The floor on PostgreSQL: the least a Node program can do to give the same answers from the same table. node:http and
// postgres.js with as many connections as the server, the server's own statements for reads, one statement a change;
// no routing, no authentication, no checks, no audit, no index for searching.
import { createServer } from 'node:http'
import postgres from 'postgres'

const [, , url, port] = process.argv
const { username, hostname, pathname } = new URL(url)
const sql = postgres({
  path: `${decodeURIComponent(hostname)}/.s.PGSQL.5432`,
  user: username,
  database: pathname.slice(1),
  max: 10,
  fetch_types: false,
  types: { whole: { to: 20, from: [20], parse: Number, serialize: String } },
})
const run = (text, ...values) => sql.unsafe(text, values, { prepare: true })

const one = 'select id, version, deleted_at, wire from projects where account_id = $1 and id = $2'
const page =
  'select wire from projects where account_id = $1 and deleted_at is null order by id limit 51 offset $2'
const search = `select wire from projects where account_id = $1 and deleted_at is null and strpos(name_fold, $2) > 0
  order by id limit 51`
const insert = `with next as
    (update counters set value = value + 1 where account_id = $1 and name = 'project' returning value)
  insert into projects select account_id, value, client_id, $2, $2, client_sort, 1, $3::float8, 0, $4::float8, 0, $5::float8, 0,
    1, $6::text, $6, null,
    jsonb_build_object('ID', value, 'id', value, 'projectName', $7::text, 'clientName', wire::jsonb ->> 'clientName',
      'projectEnabled', true, 'notes', $8::text, 'hourRate', $3, 'timeEstimated', $4, 'budgetEstimated', $5,
      'createdAt', $6, 'updatedAt', $6)::text
  from projects, next where account_id = $1 and id = 1 returning id, wire`
const update = `update projects set version = version + 1, updated_at = $3::text, wire =
    (wire::jsonb || jsonb_build_object('notes', $4::text, 'updatedAt', $3))::text
  where account_id = $1 and id = $2 returning wire`

const BASE = '/api/v2/ext/projects'

let count = 0
const headers = () => ({
  'x-request-id': `floor-${++count}`,
  'cache-control': 'private, no-cache',
  vary: 'Prefer, X-TimeTrack-Api-Key',
  'content-type': 'application/json; charset=utf-8',
  etag: '"1"',
})

createServer((request, response) => {
  const account = Number(request.headers['x-account'] ?? 1)
  const answer =
    request.method === 'GET' ? read(request.url, account, response) : change(request, account, response)
  answer.catch((error) => response.writeHead(500).end(error.message))
}).listen(Number(port), '127.0.0.1')

async function read(url, account, response) {
  const id = Number(url.slice(BASE.length + 1))
  if (id && url[BASE.length] === '/') return send(response, 200, (await run(one, account, id))[0].wire)
  const query = url.length > BASE.length ? new URLSearchParams(url.slice(BASE.length + 1)) : undefined
  const needle = query?.get('projectName')?.toUpperCase()
  const rows = needle
    ? await run(search, account, needle)
    : await run(page, account, 50 * Number(query?.get('page_number') ?? 0))
  const link = `<${url}?cursor=NTAuMDEyMzQ1Njc4OWFi>; rel="next", <${url}>; rel="first"`
  const texts = rows.slice(0, 50).map(({ wire }) => wire)
  send(response, 200, `[${texts.join()}]`, { link })
}

async function change(request, account, response) {
  let text = ''
  for await (const part of request.setEncoding('utf8')) text += part
  const body = JSON.parse(text)
  const now = new Date().toISOString()
  if (request.method === 'PUT') {
    const id = Number(request.url.slice(BASE.length + 1))
    const [row] = await run(update, account, id, now, body.notes)
    return send(response, 200, row.wire)
  }
  const { projectName, notes, hourRate, timeEstimated, budgetEstimated } = body
  const numbers = [hourRate, timeEstimated, budgetEstimated]
  const [row] = await run(insert, account, projectName.toUpperCase(), ...numbers, now, projectName, notes)
  send(response, 201, row.wire, { location: `${BASE}/${row.id}` })
}

function send(response, status, body, more) {
  response.writeHead(status, { ...headers(), ...more, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}
