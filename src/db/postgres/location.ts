import { userInfo } from 'node:os'
import type { PostgresLocation } from '../location.ts'

const SSL_MODES = ['disable', 'prefer', 'require', 'verify-full'] as const
const MOST_CONNECTIONS = 100
const DEFAULT_CONNECTIONS = 10
const DEFAULT_PORT = 5432

const EXAMPLE = 'postgres://timetrack:PASSWORD@db.example.com:5432/timetrack'

/** What is wrong with a URL, as a rule for who writes it; it repeats nothing that may be a secret. */
export class WrongUrl extends Error {}

export const isPostgresUrl = (text: string) => /^postgres(?:ql)?:\/\//i.test(text)

/** Reads `postgres://user:password@host:port,host:port/database?…` as libpq does. Throws WrongUrl. */
export function parsePostgresUrl(text: string): PostgresLocation {
  const [, userinfo = '', authority = '', path = '', search = ''] =
    /^postgres(?:ql)?:\/\/(?:([^@/?#]*)@)?([^@/?#]*)(?:\/([^/?#]*))?(?:\?([^#]*))?$/i.exec(text) ??
    refuse(`give ${EXAMPLE}, with %2F, %3F, %23, %40 and %25 for / ? # @ and % in the user and the password.`)
  const [, user = '', password = ''] = /^([^:]*)(?::(.*))?$/s.exec(userinfo) ?? []
  const parameters = readParameters(search)
  const database = decode(path)
  if (database === '') refuse(`name the database behind the host, as in ${EXAMPLE}.`)
  return {
    hosts: readHosts(parameters.host ?? authority, parameters.port ?? ''),
    database,
    user: decode(user) || userInfo().username,
    password: decode(password),
    sslmode: readSslMode(parameters.sslmode),
    max: readMax(parameters.max),
  }
}

/** The location as a URL without the password. */
export function shownUrl({ hosts, database, user }: PostgresLocation): string {
  const authority = hosts.map(({ host, port }) => `${host.includes(':') ? `[${host}]` : host}:${port}`).join()
  return `postgres://${user}@${authority}/${database}`
}

const KNOWN = ['sslmode', 'max', 'host', 'port', 'target_session_attrs'] as const

function readParameters(search: string): Partial<Record<(typeof KNOWN)[number], string>> {
  const parameters = Object.fromEntries(new URLSearchParams(search))
  const unknown = Object.keys(parameters).find((name) => !KNOWN.some((known) => known === name))
  if (unknown !== undefined) refuse(`it knows no parameters but ${KNOWN.join(', ')}.`)
  const { target_session_attrs: attributes = 'read-write' } = parameters
  if (attributes !== 'read-write' && attributes !== 'primary')
    refuse('the server needs a database that it can write: leave out target_session_attrs.')
  return parameters
}

function readHosts(list: string, ports: string): PostgresLocation['hosts'] {
  const given = ports.split(',')
  return (list || 'localhost').split(',').map((text, index) => {
    const [, bracketed, plain = '', digits] =
      /^(?:\[([\da-f:.]+)\]|([^:[\]]+))(?::(\d*))?$/i.exec(text) ?? refuse(`give hosts as in ${EXAMPLE}.`)
    const port = Number(digits || given[index] || given[0] || DEFAULT_PORT)
    if (!(port >= 1 && port <= 65_535)) refuse('give ports from 1 to 65535.')
    return { host: bracketed ?? decode(plain), port }
  })
}

function readSslMode(text = 'prefer'): PostgresLocation['sslmode'] {
  return SSL_MODES.find((mode) => mode === text) ?? refuse(`give as sslmode one of ${SSL_MODES.join(', ')}.`)
}

function readMax(text = String(DEFAULT_CONNECTIONS)): number {
  const max = /^\d{1,3}$/.test(text) ? Number(text) : 0
  return max >= 1 && max <= MOST_CONNECTIONS
    ? max
    : refuse(`give as max a number of connections from 1 to ${MOST_CONNECTIONS}.`)
}

function decode(text: string): string {
  try {
    const decoded = decodeURIComponent(text)
    if (!decoded.includes('\0')) return decoded
  } catch {
    // A % that starts no escape.
  }
  return refuse(`write a % in the user, the password or the database as %25, as in ${EXAMPLE}.`)
}

function refuse(rule: string): never {
  throw new WrongUrl(rule)
}
