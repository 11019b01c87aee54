import { afterAll, expect, test } from 'vitest'
import { operations } from '../src/app.ts'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'
import { sweepIdempotency } from '../src/http/idempotency.ts'
import { sweepAttempts } from '../src/resources/sessions/attempt.store.ts'
import { sweepSessions } from '../src/resources/sessions/session.store.ts'
import { sweepLinks } from '../src/resources/users/user.store.ts'
import { ask, locationOf, tablesOfAccounts } from './engine.ts'
import { callerFor, type Member, make, perform } from './exercise.ts'
import { nextOf, sessionHeaders, startServer } from './harness.ts'
import { divide, PARTS } from './partitions.ts'
import { PostgresProcess } from './postgres-process.ts'
import { knock, newPerson, PASSWORD, signIn, tokenOf } from './sign-in.ts'

/** A statement as PostgreSQL was sent it, with the values of its places. */
interface Sent {
  readonly sql: string
  readonly values: readonly (string | null)[]
}

/** It writes down every statement, and of a table of an account each row is in the part that the account has. */
const postgres = await PostgresProcess.start({ log_statement: 'all', log_line_prefix: '%a ' })
afterAll(() => postgres.remove())
const location = locationOf(`postgres://postgres@${postgres.authority}/postgres?max=4`)
const database = await openDatabase(location)
await migrate(database)
await database.close()
await divide(location)
const before = postgres.log.length
await requestEverything()

const NO_TABLE =
  /^(begin|commit|rollback|savepoint|release|analyze) ?|^select pg_backend_pid\(\)|^create table if not exists "schema_migrations"/
const sent = [
  ...new Map(statementsIn(postgres.log.slice(before)).map((one) => [one.sql, one])).values(),
].filter(({ sql }) => !NO_TABLE.test(sql))

/** What looks at every account: it runs in the background, removes what is past its time, and answers nobody. */
const ACROSS_ACCOUNTS = [
  'delete from "idempotency" where ("account_id", "key") in (select',
  'delete from "sessions" where "last_used_at" <=',
  'delete from "sign_in_links" where "expires_at" <=',
  'delete from "sign_in_attempts" where "last_at" <=',
]
const isAcross = ({ sql }: Sent) => ACROSS_ACCOUNTS.some((start) => sql.startsWith(start))

/** Each operation, every way to narrow and to sort a list, large accounts, signing in and out, and the background. */
async function requestEverything(): Promise<void> {
  const server = await startServer({}, '', location)
  const members: Member[] = []
  for (const operation of operations) {
    const { caller, id } = await make(server, operation, ['one', 'two'])
    members.push(caller)
    const headers: Record<string, string> = operation.changes ? { 'Idempotency-Key': 'key' } : {}
    const mark = operation.path.includes('{id}') ? 'two' : 'three'
    for (const _ of ['first', 'again'])
      expect((await perform(caller, operation, id, mark, headers)).status).toBeLessThan(300)
  }
  const requestLists = async () => {
    for (const [index, operation] of operations.entries())
      for (const query of queriesOf(operation.query?.properties ?? {})) {
        const { call } = callerFor(members[index]!, operation)
        let path: string | undefined = operation.path.replace('{id}', '1') + query
        while (path !== undefined) {
          const reply = await call('GET', path, { headers: { Prefer: 'count=exact' } })
          expect({ path, status: reply.status }).toEqual({ path, status: 200 })
          path = nextOf(reply)
        }
      }
  }
  await requestLists()
  await ask(location, `update counters set value = 1000000 where name in ('project', 'client')`)
  await requestLists()
  for (const [index, operation] of operations.entries()) {
    if (operation.changes || !operation.path.endsWith('{id}')) continue
    const { call } = callerFor(members[index]!, operation)
    await Promise.all([1, 2, 3].map((id) => call('GET', operation.path.replace('{id}', String(id)))))
  }

  const person = await newPerson(server)
  await signIn(server, person, 'wrong password')
  const token = tokenOf(await signIn(server, person))
  const headers = sessionHeaders(token)
  const passwords = { current: PASSWORD, password: `${PASSWORD} too` }
  for (const [method, path, body] of [
    ['GET', '/session', undefined],
    ['PUT', '/password', passwords],
    ['DELETE', '/session', undefined],
  ] as const)
    expect((await knock(server, method, path, { body, headers })).status).toBeLessThan(300)

  for (const sweep of [sweepIdempotency, sweepSessions, sweepLinks, sweepAttempts])
    await sweep(server.database)
  await server.close()
}

/** A query for each parameter alone, with each value that its schema shows, a row to a page; next gives the cursors. */
function queriesOf(properties: Readonly<Record<string, any>>): string[] {
  const usual: Record<string, unknown> = { boolean: true, integer: 1, number: 1, string: '1' }
  return Object.entries(properties)
    .filter(([name]) => !['limit', 'cursor', 'after'].includes(name))
    .flatMap(([name, { type, examples = [usual[type]], 'x-names': names = examples }]) =>
      names.map((value: unknown) => `?limit=1&${name}=${encodeURIComponent(String(value))}`),
    )
}

/** The statements of the server in a log; what the test itself asks beside it has another name. */
function statementsIn(text: string): Sent[] {
  const entries = text.matchAll(
    /^timetrack LOG: {2}(?:statement|execute \S+): (.*(?:\n\t.*)*)(?:\ntimetrack DETAIL: {2}[Pp]arameters: (.*(?:\n\t.*)*))?/gm,
  )
  return [...entries].map(([, sql = '', values = '']) => ({
    sql,
    values: [...values.matchAll(/\$\d+ = (?:NULL|'((?:[^']|'')*)')/g)].map(
      ([, value]) => value?.replaceAll("''", "'") ?? null,
    ),
  }))
}

/** The tables that a statement touches, and those among them of which it needs more than the part of one account. */
async function plannedFor({ sql, values }: Sent): Promise<{ touched: string[]; spread: string[] }> {
  const plan = await ask(location, `explain (verbose, format json) ${sql}`, ...values)
  const touched = new Set<string>()
  const parts = new Set<string>()
  JSON.stringify(plan, (_, node) => {
    const name: string | undefined = node?.['Relation Name']
    if (name !== undefined) touched.add(node.Schema === PARTS ? name.replace(/_\d$/, '') : name)
    if (name !== undefined && node.Schema === PARTS) parts.add(name)
    return node
  })
  const partsOf = (table: string) => [...parts].filter((part) => part.replace(/_\d$/, '') === table)
  return { touched: [...touched], spread: [...touched].filter((table) => partsOf(table).length > 1) }
}

test('every statement names the account for each table of accounts in it: it needs one part of each', async () => {
  for (const one of sent.filter((each) => !isAcross(each)))
    expect({ sql: one.sql, spread: (await plannedFor(one)).spread }).toEqual({ sql: one.sql, spread: [] })
})

test('the exceptions are sent, and are ones', async () => {
  const across = sent.filter(isAcross)
  expect(across).toHaveLength(ACROSS_ACCOUNTS.length)
  for (const one of across) expect((await plannedFor(one)).spread).toHaveLength(1)
})

test('what was sent touches every table of accounts', async () => {
  const touched = new Set<string>()
  for (const one of sent) for (const table of (await plannedFor(one)).touched) touched.add(table)
  expect([...touched]).toEqual(expect.arrayContaining(await tablesOfAccounts(location)))
})

test.each([
  ['projects', 'select wire from projects where id = $1', ['1']],
  ['projects', 'update projects set enabled = 1 where id = $1', ['1']],
  ['users', 'select from sessions s join users u on u.id = s.user_id where s.account_id = $1', ['1']],
  [
    'clients',
    'select from projects where account_id = $1 and client_id in (select id from clients where name_fold = $2)',
    ['1', 'A'],
  ],
])('a statement without the account of %s would be found: %s', async (table, sql, values) => {
  expect((await plannedFor({ sql, values })).spread).toEqual([table])
})
