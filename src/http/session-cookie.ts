import type { FastifyRequest } from 'fastify'
import { accessErrors } from './access-errors.ts'
import { refusal } from './errors.ts'

export const SESSION_COOKIE = 'timetrack_session'

/** The token that the browser sends as its session; undefined if it sends none. */
export function sessionToken(cookies: string | undefined): string | undefined {
  if (cookies === undefined) return undefined
  return /(?:^|;)\s*timetrack_session=([^;\s]*)/.exec(cookies)?.[1]
}

/** The Set-Cookie header that stores a session in the browser; an empty token with 0 seconds removes it. */
export function sessionCookie({ protocol }: FastifyRequest, token: string, seconds: number): string {
  const secure = protocol === 'https' ? '; Secure' : ''
  return `${SESSION_COOKIE}=${token}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`
}

/**
 * Refuses a change that another site may have made the browser send. Fetch metadata tells; browsers send it over https
 * and on localhost only, so elsewhere the Origin has to match the host of the request.
 */
export function refuseCrossOrigin(request: FastifyRequest): void {
  if (isSameOrigin(request)) return
  throw refusal(
    accessErrors.crossOrigin,
    'A change under a session has to come from a page of this server: with Sec-Fetch-Site: same-origin, or with this server as its Origin.',
  )
}

/** Whether a request is a read, or comes from a page of the same origin. */
export function isSameOrigin(request: FastifyRequest): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return true
  const { origin, 'sec-fetch-site': site } = request.raw.headers
  if (site !== undefined) return site === 'same-origin'
  return origin?.toLowerCase() === `${request.protocol}://${request.host}`.toLowerCase()
}
