// The floor on PostgreSQL: the least that a Node program has to do for the same answers from the same table. node:http and
// postgres.js with as many connections as the server, the server's own statements for reads, one statement a change;
// no audit, no index for searching.
import postgres from 'postgres'
import { serveFloor } from './floor-http.mjs'

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

const pageText = (rows) =>
  `[${rows
    .slice(0, 50)
    .map(({ wire }) => wire)
    .join()}]`

serveFloor(port, {
  one: async (account, id) => (await run(one, account, id))[0].wire,
  search: async (account, needle) => pageText(await run(search, account, needle)),
  page: async (account, skip) => pageText(await run(page, account, skip)),
  async create(account, { projectName, notes, hourRate, timeEstimated, budgetEstimated }, now) {
    const numbers = [hourRate, timeEstimated, budgetEstimated]
    const [row] = await run(insert, account, projectName.toUpperCase(), ...numbers, now, projectName, notes)
    return { id: row.id, text: row.wire }
  },
  update: async (account, id, { notes }, now) => (await run(update, account, id, now, notes))[0].wire,
})
