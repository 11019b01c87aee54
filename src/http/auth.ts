import { hash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Scope } from '../db/scope.ts'
import { refusal } from './errors.ts'
import { accountLabel } from './host.ts'

/** A key that is not revoked, as the keys slice finds it. */
export interface Credential {
  /** The account's name: the label under which its host is known. */
  readonly label: string
  /** SHA-256 of the secrets that are good now, hex, and until when (ms since the epoch; Infinity for no end). */
  readonly secrets: readonly { readonly hash: string; readonly until: number }[]
  readonly scope: Scope
}

export type FindCredential = (key: string) => Promise<Credential | undefined>

interface Verified {
  readonly secret: string
  readonly label: string
  readonly scope: Scope
  readonly until: number
}

/** How long a verified credential is trusted without a look at the database: half of the promised second. */
const TRUSTED_MS = 500
const MOST_REMEMBERED = 10_000

/** Finds the scope of a request from its key, secret and host, or throws the one 401. */
export class Authenticator {
  readonly #find: FindCredential
  readonly #baseDomain: string
  readonly #verified = new Map<string, Verified>()

  constructor(find: FindCredential, baseDomain: string) {
    this.#find = find
    this.#baseDomain = baseDomain
  }

  /** The scope of a request whose key was verified a moment ago; undefined where `authenticate` has to look. */
  recall(request: FastifyRequest): Scope | undefined {
    const { key, secret } = credentialsOf(request)
    const verified = this.#verified.get(key)
    if (!verified || Date.now() > verified.until || !equal(verified.secret, secret)) return undefined
    return this.#onItsHost(request, verified.label) ? verified.scope : undefined
  }

  async authenticate(request: FastifyRequest): Promise<Scope> {
    const { key, secret } = credentialsOf(request)
    const credential = await this.#find(key)
    const given = hash('sha256', secret)
    const now = Date.now()
    const match = (credential?.secrets ?? []).find((good) => equal(good.hash, given) && good.until > now)
    if (!credential || !match || !this.#onItsHost(request, credential.label)) throw unauthenticated()
    const { label, scope } = credential
    if (this.#verified.size >= MOST_REMEMBERED) this.#verified.clear()
    this.#verified.set(key, { secret, label, scope, until: Math.min(now + TRUSTED_MS, match.until) })
    return scope
  }

  #onItsHost(request: FastifyRequest, label: string): boolean {
    const named = accountLabel(request.host ?? '', this.#baseDomain)
    return named === undefined || named === label
  }
}

function credentialsOf({ raw: { headers } }: FastifyRequest): { key: string; secret: string } {
  return {
    key: String(headers['x-timetrack-api-key'] ?? ''),
    secret: String(headers['x-timetrack-api-secret'] ?? ''),
  }
}

/** Compares in a time that depends on the lengths alone. */
function equal(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let index = 0; index < a.length; index++) difference |= a.charCodeAt(index) ^ b.charCodeAt(index)
  return difference === 0
}

function unauthenticated() {
  return refusal(
    'unauthenticated',
    'Send the headers X-TimeTrack-Api-Key and X-TimeTrack-Api-Secret of a valid key, on the host of its account.',
  )
}
