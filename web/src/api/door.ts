import { type ErrorElement, TimeTrackError } from '../../../src/sdk/index.ts'
import { fromApp } from './place.ts'

/** Who is signed in. */
export interface Session {
  readonly account: string
  readonly user: { readonly id: number; readonly username: string; readonly admin: boolean }
  readonly expiresAt: string
}

/** What the address in the browser says about the account. */
export interface Place {
  readonly account: string | null
  readonly baseDomain: string
}

export interface SignIn {
  readonly account?: string
  readonly username: string
  readonly password: string
}

/** The app's own door: what comes before there is a session, and ends it. */
export const door = {
  place: () => call<Place>('GET', 'place'),
  session: () => call<Session>('GET', 'session'),
  signIn: (body: SignIn) => call<Session>('POST', 'session', body),
  openLink: (body: { token: string; password: string }) => call<Session>('POST', 'session/link', body),
  signOut: () => call<void>('DELETE', 'session'),
  changePassword: (body: { current: string; password: string }) => call<void>('PUT', 'password', body),
}

async function call<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(fromApp(`api/${path}`), {
    method,
    credentials: 'same-origin',
    ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  }).catch((cause: unknown) => {
    throw new TimeTrackError('The server did not answer.', { status: 0, cause })
  })
  const text = await response.text()
  if (!response.ok) throw failure(response, text)
  return (text === '' ? undefined : JSON.parse(text)) as T
}

/** How long a refused sign-in has to wait travels with the error. */
export class DoorError extends TimeTrackError {
  readonly retryAfter: number

  constructor(status: number, errors: readonly ErrorElement[], retryAfter: number) {
    super(errors[0]?.detail ?? `HTTP ${status}`, { status, errors })
    this.retryAfter = retryAfter
  }
}

function failure(response: Response, text: string): DoorError {
  const seconds = Number(response.headers.get('Retry-After') ?? 0)
  try {
    const { errors } = JSON.parse(text) as { errors?: ErrorElement[] }
    return new DoorError(response.status, errors ?? [], seconds)
  } catch {
    return new DoorError(response.status, [], seconds)
  }
}
