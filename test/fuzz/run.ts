import { checkAgainstDocument } from '../contract.ts'
import {
  BASE,
  type Caller,
  newAccount,
  newKey,
  newSession,
  newUser,
  type Reply,
  send,
  sessionHeaders,
  type TestServer,
  type User,
} from '../harness.ts'
import { described } from './document.ts'
import { mutate } from './mutate.ts'
import { jsonText } from './odd.ts'
import { Pool } from './pool.ts'
import { Random } from './random.ts'
import { type Draft, isUnderBase, targetOf, validDraft } from './request.ts'

const REQUESTS_PER_ACCOUNT = 400
const LISTS = described.filter(({ isList, path }) => isList && !path.includes('{id}'))

/** What a seed made of its requests: how many were answered with each status. */
export type Tally = Record<number, number>

/** Sends requests and throws at the first answer that is not right, with what was sent. */
export async function fuzz(server: TestServer, seed: number, requests: number): Promise<Tally> {
  const random = new Random(seed)
  const tally: Tally = {}
  let subject = await newSubject(server)
  for (let number = 1; number <= requests; number++) {
    if (number % REQUESTS_PER_ACCOUNT === 0) subject = await newSubject(server)
    const draft = validDraft(random, random.pick(described), subject.pool)
    if (random.chance(0.65)) mutate(random, draft, subject.pool)
    const { status } = await exchange(server, random, draft, subject).catch((error) => {
      throw new Error(`request ${number}: ${error.message}`)
    })
    tally[status] = (tally[status] ?? 0) + 1
  }
  return tally
}

async function exchange(
  server: TestServer,
  random: Random,
  draft: Draft,
  { pool, writer, reader, admin }: Subject,
): Promise<Reply> {
  const link = random.chance(0.03) ? pool.link(random) : undefined
  if (link) return follow(server, writer, link)
  const watched = random.chance(0.1)
  const before = watched ? await stateOf(writer) : ''
  const credentials =
    draft.operation.needsSession && random.chance(0.9)
      ? sessionHeaders((await newSession(server, admin, admin.user)).token)
      : credentialsOf(random.chance(0.03) ? reader : writer)
  const reply = await attempt(server, credentials, draft)
  if (watched && reply.status >= 400)
    refuseUnless((await stateOf(writer)) === before, 'refused, yet something changed', draft, reply)
  pool.learn(targetOf(draft), reply)
  return reply
}

/** What is sent to: an account that fills up, and its keys. */
interface Subject {
  readonly pool: Pool
  readonly writer: Caller
  readonly reader: Caller
  /** Of an account that nothing else is sent to: its keys and sessions come and go. */
  readonly admin: User
}

async function newSubject(server: TestServer): Promise<Subject> {
  const writer = await newAccount(server)
  const admin = await newUser(server, await newAccount(server))
  return { pool: new Pool(), writer, reader: await newKey(server, writer, 'read'), admin }
}

/** The number and tag of everything in the account's lists. */
async function stateOf({ call }: Caller): Promise<string> {
  const replies = await Promise.all(
    LISTS.map(({ path }) =>
      call('GET', `${path.slice(BASE.length)}?limit=0`, { headers: { Prefer: 'count=exact' } }),
    ),
  )
  return replies.map(({ headers }) => `${headers['x-total-count']} ${headers.etag}`).join()
}

const credentialsOf = ({ key, secret }: Caller) => ({
  'X-TimeTrack-Api-Key': key,
  'X-TimeTrack-Api-Secret': secret,
})

/** A link that was offered leads on, whatever has changed since. */
async function follow(server: TestServer, caller: Caller, link: string): Promise<Reply> {
  const reply = await send(server.port, 'GET', link, { headers: credentialsOf(caller) })
  checkAgainstDocument('GET', link, reply)
  if (reply.status !== 200) throw new Error(`a link is not followed\n${link}\n${reply.text}`)
  return reply
}

async function attempt(
  server: TestServer,
  credentials: Record<string, string>,
  draft: Draft,
): Promise<Reply> {
  const headers = { ...credentials, ...draft.headers }
  const body = draft.bytes ?? (draft.body === undefined ? undefined : jsonText(draft.body))
  const reply = await send(server.port, draft.method, targetOf(draft), {
    headers,
    ...(body !== undefined && { body }),
  }).catch((error) => {
    throw new Error(`there is no answer: ${error}\n${show(draft)}`)
  })
  return check(draft, reply)
}

function check(draft: Draft, reply: Reply): Reply {
  const target = targetOf(draft)
  refuseUnless(reply.status < 500, 'a fault of the server', draft, reply)
  try {
    if (isUnderBase(target)) checkAgainstDocument(draft.method, target, reply)
  } catch (error) {
    refuseUnless(false, `not in the document: ${error}`, draft, reply)
  }
  checkErrors(draft, reply)
  return refuseUnless(!draft.valid || !isInvalid(reply), 'a valid request is refused', draft, reply)
}

/** Every refusal has the one shape, with the status and request id of the answer in each of its elements. */
function checkErrors(draft: Draft, reply: Reply): void {
  if (reply.status < 400 || draft.method === 'HEAD') return
  const errors: any[] = reply.json?.errors ?? []
  const fitting = errors.every(
    ({ status, requestId }) => status === reply.status && requestId === reply.headers['x-request-id'],
  )
  refuseUnless(errors.length > 0 && fitting, 'its errors do not fit the answer', draft, reply)
  refuseUnless(reply.status !== 405 || reply.headers.allow !== undefined, 'there is no Allow', draft, reply)
}

/** Whether the form of the request was refused: codes of the range for requests, but for those about state. */
function isInvalid({ status, json }: Reply): boolean {
  return [400, 405, 413, 415, 422].includes(status) && json.errors.some(({ code }: any) => code < 11_000)
}

function refuseUnless(fine: boolean, problem: string, draft: Draft, reply: Reply): Reply {
  if (fine) return reply
  throw new Error(`${problem}\n${show(draft, reply)}`)
}

function show(draft: Draft, reply?: Reply): string {
  const body = draft.bytes ?? (draft.body === undefined ? '' : jsonText(draft.body))
  return [
    `${draft.method} ${targetOf(draft).slice(0, 1000)}`,
    JSON.stringify(draft.headers).slice(0, 1000),
    (typeof body === 'string' ? body : JSON.stringify(body)).slice(0, 2000),
    ...(reply ? [`→ ${reply.status} ${JSON.stringify(reply.headers)}`, reply.text.slice(0, 1000)] : []),
  ].join('\n')
}
