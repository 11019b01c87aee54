import { isIP } from 'node:net'
import type { Location } from './db/location.ts'
import { isPostgresUrl, parsePostgresUrl, WrongUrl } from './db/postgres/location.ts'
import { isDnsLabel } from './http/host.ts'

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const MOST_WORKERS = 64

export interface Config {
  readonly port: number
  readonly host: string
  /** How many processes serve. */
  readonly workers: number
  readonly database: Location
  readonly baseDomain: string
  readonly logLevel: (typeof LOG_LEVELS)[number]
  /** false, a number of proxy hops, or the addresses and CIDR blocks of trusted proxies. */
  readonly trustProxy: false | number | string[]
}

/** All wrong settings at once, a sentence for each. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'))
  }
}

/** Reads the settings; one that is unset or empty has its default. Throws ConfigError. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const { setting, problems } = readerOf(environment)
  const config: Config = {
    port: setting('PORT', '3000', parsePort, 'give a port number from 0 to 65535 (0 picks a free one).'),
    host: setting(
      'HOST',
      '127.0.0.1',
      parseHost,
      'give the address to listen on, such as 127.0.0.1 or 0.0.0.0.',
    ),
    workers: setting(
      'WORKERS',
      '1',
      parseWorkers,
      `give a number of processes from 1 to ${MOST_WORKERS}, at most one for each core.`,
    ),
    database: setting('DATABASE_URL', 'file:data/timetrack.db', ...location),
    baseDomain: setting(
      'BASE_DOMAIN',
      'localhost',
      parseDomain,
      'give the domain whose subdomains name the accounts, such as timetrack.example.com.',
    ),
    logLevel: setting(
      'LOG_LEVEL',
      'info',
      (text) => LOG_LEVELS.find((level) => level === text.toLowerCase()),
      `give one of ${LOG_LEVELS.join(', ')}.`,
    ),
    trustProxy: setting(
      'TRUST_PROXY',
      'off',
      parseTrustProxy,
      'give off, a number of hops, or addresses and CIDR blocks separated by commas.',
    ),
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return Object.freeze(config)
}

/** Reads the location of a database from an option of a command. Throws ConfigError. */
export function readLocation(option: string, url: string): Location {
  const { setting, problems } = readerOf({ [option]: url })
  const read = setting(option, '', ...location)
  if (problems.length > 0) throw new ConfigError(problems)
  return read
}

function readerOf(environment: Record<string, string | undefined>) {
  const problems: string[] = []
  const setting = <T>(
    name: string,
    fallback: string,
    parse: (text: string) => T | undefined,
    rule: string,
    show = (text: string) => text,
  ) => {
    const text = environment[name]?.trim() || fallback
    const refuse = (why: string) => problems.push(`${name}=${show(text)} is not valid: ${why}`)
    try {
      const value = parse(text)
      if (value === undefined) refuse(rule)
      return value as T
    } catch (error) {
      if (!(error instanceof WrongUrl)) throw error
      refuse(error.message)
      return undefined as T
    }
  }
  return { setting, problems }
}

const location = [
  parseLocation,
  'give file: and a path, such as file:data/timetrack.db, or postgres://USER:PASSWORD@HOST:PORT/DATABASE.',
  withoutPassword,
] as const

function parsePort(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  return port <= 65535 ? port : undefined
}

function parseWorkers(text: string): number | undefined {
  const workers = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN
  return workers >= 1 && workers <= MOST_WORKERS ? workers : undefined
}

function parseHost(text: string): string | undefined {
  return isIP(text) || /^[a-z0-9.-]+$/i.test(text) ? text : undefined
}

function parseLocation(text: string): Location | undefined {
  if (isPostgresUrl(text)) return { postgres: parsePostgresUrl(text) }
  const path = /^file:(?:\/\/(?=\/))?(.+)$/s.exec(text)?.[1]
  return path && !path.startsWith('//') && !path.includes('\0') ? { file: path } : undefined
}

/** Only a plain scheme, host and path are shown: anything else may contain a password. */
function withoutPassword(url: string): string {
  return /^(?:[a-z]+:\/\/)?[\w./-]+$/i.test(url) ? url : '…'
}

function parseDomain(text: string): string | undefined {
  const domain = text.toLowerCase().replace(/\.$/, '')
  const labels = domain.split('.')
  return domain.length <= 253 && labels.every(isDnsLabel) ? domain : undefined
}

function parseTrustProxy(text: string): false | number | string[] | undefined {
  if (/^(off|false|0)$/i.test(text)) return false
  if (/^\d{1,3}$/.test(text)) return Number(text)
  const blocks = text.split(',').map((block) => block.trim())
  return blocks.every(isCidr) ? blocks : undefined
}

function isCidr(block: string): boolean {
  const [address = '', prefix, ...rest] = block.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  if (prefix === undefined) return true
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128)
}
