import { hash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Call } from '../db/query.ts'
import type { Scope } from '../db/scope.ts'
import { accessErrors } from './access-errors.ts'
import { refusal } from './errors.ts'
import { accountLabel } from './host.ts'
import type { LastUse } from './last-use.ts'
import { isSameOrigin, refuseCrossOrigin, sessionToken } from './session-cookie.ts'

/** What keys and sessions have in common, as their stores find them. */
interface Found {
  /** The account's name, which is also the label of its host. */
  readonly label: string
  readonly scope: Scope
  /** The statement that records its last use. */
  used(at: string): Call<unknown>
}

/** A key that is neither revoked nor expired. */
export interface Credential extends Found {
  /** SHA-256, in hex, of each secret that is valid now, and until when (ms since the epoch; Infinity for ever). */
  readonly secrets: readonly { readonly hash: string; readonly until: number }[]
}

/** A session that has been neither ended nor expired. */
export interface SessionCredential extends Found {
  /** When it expires, in ms since the epoch. */
  readonly until: number
}

/** Where credentials are looked up, and where their use is noted. */
export interface Sources {
  findKey(key: string): Promise<Credential | undefined>
  findSession(token: string): Promise<SessionCredential | undefined>
  readonly lastUse: LastUse
}

interface Verified {
  readonly label: string
  readonly scope: Scope
  readonly until: number
}

/** How long a verified credential is trusted without asking the database: half of the promised second. */
const TRUSTED_MS = 500
const MOST_REMEMBERED = 10_000

/** Finds the scope of a request from its key and secret, or its session, and its host; or throws the one 401. */
export class Authenticator {
  readonly #sources: Sources
  readonly #baseDomain: string
  readonly #keys = new Map<string, Verified & { readonly secret: string }>()
  /** By the hash of their tokens. */
  readonly #sessions = new Map<string, Verified>()

  constructor(sources: Sources, baseDomain: string) {
    this.#sources = sources
    this.#baseDomain = baseDomain
  }

  /** The scope of a request whose credential was verified a moment ago; undefined if `authenticate` has to look. */
  recall(request: FastifyRequest): Scope | undefined {
    if (sendsNoKey(request)) return isSameOrigin(request) ? this.#recallSession(request) : undefined
    const { key, secret } = keyOf(request)
    const verified = this.#keys.get(key)
    if (!verified || !equal(verified.secret, secret)) return undefined
    return this.#good(request, verified)
  }

  async authenticate(request: FastifyRequest): Promise<Scope> {
    if (!sendsNoKey(request)) return this.#authenticateKey(request)
    const scope = await this.session(request)
    refuseCrossOrigin(request)
    return scope
  }

  /** The scope of a request's session, whatever else it sends. */
  async session(request: FastifyRequest): Promise<Scope> {
    const recalled = this.#recallSession(request)
    if (recalled) return recalled
    const token = sessionToken(request.raw.headers.cookie)
    const found = token === undefined ? undefined : await this.#sources.findSession(token)
    const now = Date.now()
    if (token === undefined || !found || found.until <= now || !this.#onItsHost(request, found.label))
      throw unauthenticated()
    const { label, scope, until } = found
    remember(this.#sessions, hash('sha256', token), {
      label,
      scope,
      until: Math.min(now + TRUSTED_MS, until),
    })
    this.#note(`session ${scope.account} ${scope.session?.id}`, found, now)
    return scope
  }

  async #authenticateKey(request: FastifyRequest): Promise<Scope> {
    const { key, secret } = keyOf(request)
    const credential = await this.#sources.findKey(key)
    const given = hash('sha256', secret)
    const now = Date.now()
    const match = (credential?.secrets ?? []).find((good) => equal(good.hash, given) && good.until > now)
    if (!credential || !match || !this.#onItsHost(request, credential.label)) throw unauthenticated()
    const { label, scope } = credential
    remember(this.#keys, key, { secret, label, scope, until: Math.min(now + TRUSTED_MS, match.until) })
    this.#note(key, credential, now)
    return scope
  }

  #recallSession(request: FastifyRequest): Scope | undefined {
    const token = sessionToken(request.raw.headers.cookie)
    const verified = token === undefined ? undefined : this.#sessions.get(hash('sha256', token))
    return verified && this.#good(request, verified)
  }

  #good(request: FastifyRequest, { label, scope, until }: Verified): Scope | undefined {
    return Date.now() <= until && this.#onItsHost(request, label) ? scope : undefined
  }

  #note(name: string, { scope, used }: Found, now: number): void {
    this.#sources.lastUse.note(name, { account: scope.account, call: used(new Date(now).toISOString()) })
  }

  #onItsHost(request: FastifyRequest, label: string): boolean {
    const named = accountLabel(request.host ?? '', this.#baseDomain)
    return named === undefined || named === label
  }
}

/** A session counts only if neither header of a key is sent. */
function sendsNoKey({ raw: { headers } }: FastifyRequest): boolean {
  return headers['x-timetrack-api-key'] === undefined && headers['x-timetrack-api-secret'] === undefined
}

function keyOf({ raw: { headers } }: FastifyRequest): { key: string; secret: string } {
  return {
    key: String(headers['x-timetrack-api-key'] ?? ''),
    secret: String(headers['x-timetrack-api-secret'] ?? ''),
  }
}

function remember<V>(verified: Map<string, V>, name: string, value: V): void {
  if (verified.size >= MOST_REMEMBERED) verified.clear()
  verified.set(name, value)
}

/** Compares in a time that depends only on the lengths. */
function equal(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let index = 0; index < a.length; index++) difference |= a.charCodeAt(index) ^ b.charCodeAt(index)
  return difference === 0
}

function unauthenticated() {
  return refusal(
    accessErrors.unauthenticated,
    'Send the headers X-TimeTrack-Api-Key and X-TimeTrack-Api-Secret of a valid key, on the host of its account; in the web app, sign in.',
  )
}
