import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Static, type TObject, Type } from 'typebox'
import { findAccount } from '../../accounts/account.store.ts'
import type { Database } from '../../db/database.ts'
import { openScope, type Scope, type Tx, write } from '../../db/scope.ts'
import type { Authenticator } from '../../http/auth.ts'
import { receiveBody } from '../../http/body.ts'
import { refusal } from '../../http/errors.ts'
import { accountLabel } from '../../http/host.ts'
import { inputReader, isObject } from '../../http/input.ts'
import { requestErrors } from '../../http/request-errors.ts'
import { refuseCrossOrigin, sessionCookie, sessionToken } from '../../http/session-cookie.ts'
import { hashPassword, verifyPassword } from '../users/password.ts'
import {
  findLinkedMember,
  findUser,
  getMember,
  type Member,
  setPassword,
  useLink,
} from '../users/user.store.ts'
import { Attempt } from './attempt.store.ts'
import { sessionErrors } from './session.errors.ts'
import { endOtherSessions, endSession, findSession, SESSION_MS, startSession } from './session.store.ts'

const MOST_BYTES = 16_384

export interface Door {
  readonly database: Database
  readonly authenticator: Authenticator
  readonly baseDomain: string
}

/** The way into the web app: signing in and out, for pages of this server only. It is not part of the API. */
export function addSignIn(app: FastifyInstance, door: Door): void {
  app.register(
    async (api) => {
      api.addHook('onRequest', async (request, reply) => {
        reply.header('cache-control', 'no-store')
        refuseCrossOrigin(request)
      })
      api.get('/place', async (request) => ({
        account: namedAccount(door, request) ?? null,
        baseDomain: door.baseDomain,
      }))
      api.get('/session', (request, reply) => showSession(door, request, reply))
      api.post('/session', (request, reply) => signIn(door, request, reply))
      api.post('/session/link', (request, reply) => signInByLink(door, request, reply))
      api.delete('/session', (request, reply) => signOut(door, request, reply))
      api.put('/password', (request, reply) => changePassword(door, request, reply))
    },
    { prefix: '/app/api' },
  )
}

async function signIn(door: Door, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { database } = door
  const body = await readSignIn(request)
  const named = namedAccount(door, request)
  const label = body.account?.toLowerCase() ?? named
  if (label === undefined)
    throw refusal(
      requestErrors.fieldMissing,
      'account is missing. This host names none, so send the name of the account.',
      { pointer: '/account' },
    )
  const account = named === undefined || named === label ? await findAccount(database, label) : undefined
  const number = account?.account_id ?? 0
  const attempt = await Attempt.begin(database, number, label, body.username, request.ip)
  const user = account && (await findUser(openScope(database, number, 'sign-in', 'read'), body.username))
  const isRight = await verifyPassword(user?.password_hash, body.password)
  if (!account || !user || !isRight)
    throw refusal(
      sessionErrors.signInFailed,
      'The account, the username or the password is wrong. Check them, or ask for a new sign-in link.',
    )
  await attempt.succeeded()
  const member = { ...user, account_id: account.account_id, account_name: account.name }
  return startFor(door, member, request, reply)
}

async function signInByLink(door: Door, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { token, password } = await readLinkUse(request)
  const member = await findLinkedMember(door.database, token)
  const named = namedAccount(door, request)
  if (!member || (named !== undefined && named !== member.account_name)) throw linkInvalid()
  const passwordHash = await hashPassword(password)
  return startFor(door, member, request, reply, async (tx) => {
    // The second of two requests with the same link finds it used.
    if (!(await useLink(tx, token))) throw linkInvalid()
    await setPassword(tx, member.id, passwordHash)
    await endOtherSessions(tx, member.id, undefined)
  })
}

async function startFor(
  { database }: Door,
  member: Member,
  request: FastifyRequest,
  reply: FastifyReply,
  before: (tx: Tx) => Promise<void> = async () => {},
): Promise<FastifyReply> {
  const browser = { userAgent: request.headers['user-agent'] ?? '', address: request.ip }
  const scope = openScope(database, member.account_id, `user:${member.username}`, 'write')
  const token = await write(scope, async (tx) => {
    await before(tx)
    return startSession(tx, member.id, browser)
  })
  return answerSession(member, token, request, reply)
}

async function showSession(
  { authenticator }: Door,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const scope = await authenticator.session(request)
  const member = await memberOf(scope)
  return answerSession(member, sessionToken(request.headers.cookie) ?? '', request, reply)
}

/** Without a session there is nothing to end, which is fine. */
async function signOut(
  { database }: Door,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const found = await findSession(database, sessionToken(request.headers.cookie) ?? '')
  const session = found?.scope.session
  if (found && session) await write(found.scope, (tx) => endSession(tx, session, session.id))
  return reply
    .code(204)
    .header('set-cookie', sessionCookie(request, '', 0))
    .send()
}

async function changePassword(
  { database, authenticator }: Door,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const scope = await authenticator.session(request)
  const { current, password } = await readPasswordChange(request)
  const member = await memberOf(scope)
  const { account_id, account_name, username } = member
  const attempt = await Attempt.begin(database, account_id, account_name, username, request.ip)
  if (!(await verifyPassword(member.password_hash, current)))
    throw refusal(sessionErrors.passwordWrong, 'current is not your present password. Send that one.', {
      pointer: '/current',
    })
  await attempt.succeeded()
  const passwordHash = await hashPassword(password)
  await write(scope, async (tx) => {
    await setPassword(tx, member.id, passwordHash)
    await endOtherSessions(tx, member.id, scope.session?.id)
  })
  return reply.code(204).send()
}

/** The account that the host names, whether it exists or not. */
const namedAccount = ({ baseDomain }: Door, { host }: FastifyRequest) => accountLabel(host ?? '', baseDomain)

async function memberOf(scope: Scope): Promise<Member> {
  const member = scope.session && (await getMember(scope, scope.session.user))
  if (!member) throw new Error('a session belongs to nobody')
  return member
}

/** The cookie is sent again each time, because a session's 14 days start at its last use. */
function answerSession(
  { account_name, id, username, admin }: Member,
  token: string,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const answer = {
    account: account_name,
    user: { id, username, admin: admin === 1 },
    expiresAt: new Date(Date.now() + SESSION_MS).toISOString(),
  }
  return reply.header('set-cookie', sessionCookie(request, token, SESSION_MS / 1000)).send(answer)
}

const linkInvalid = () =>
  refusal(
    sessionErrors.linkInvalid,
    'This link has been used, is older than a day, or belongs to another account. Ask for a new one.',
  )

const someText = Type.String({ minLength: 1, maxLength: 200 })
const newPassword = Type.String({ minLength: 8, maxLength: 200 })

const readSignIn = bodyReader(
  Type.Object({ account: Type.Optional(someText), username: someText, password: someText }),
)
const readLinkUse = bodyReader(Type.Object({ token: someText, password: newPassword }))
const readPasswordChange = bodyReader(Type.Object({ current: someText, password: newPassword }))

function bodyReader<T extends TObject>(schema: T): (request: FastifyRequest) => Promise<Static<T>> {
  const read = inputReader(schema, 'body')
  return async ({ raw }) => {
    const { value } = await receiveBody(raw, MOST_BYTES)
    if (!isObject(value)) throw refusal(requestErrors.bodyNotObject, 'Send a JSON object.', { pointer: '' })
    return read(value, false) as Static<T>
  }
}
