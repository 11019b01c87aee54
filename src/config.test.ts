import { expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

function problems(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment)
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return (error as ConfigError).problems
  }
  return []
}

const defaults = {
  port: 3000,
  host: '127.0.0.1',
  workers: 1,
  databaseFile: 'data/timetrack.db',
  baseDomain: 'localhost',
  logLevel: 'info',
  trustProxy: false,
}

test('a setting that is unset, empty or blank has its default', () => {
  const names = ['PORT', 'HOST', 'DATABASE_URL', 'BASE_DOMAIN', 'LOG_LEVEL', 'TRUST_PROXY', 'WORKERS']
  expect(readConfig({})).toEqual(defaults)
  for (const value of ['', '  ', undefined])
    expect(readConfig(Object.fromEntries(names.map((name) => [name, value])))).toEqual(defaults)
})

test('the settings are read, trimmed, and cannot be changed afterwards', () => {
  const config = readConfig({
    PORT: ' 8080 ',
    HOST: '0.0.0.0',
    DATABASE_URL: 'file:/var/lib/timetrack/data.db',
    BASE_DOMAIN: 'TimeTrack.Example.com.',
    LOG_LEVEL: 'DEBUG',
    TRUST_PROXY: '10.0.0.0/8, ::1',
    WORKERS: '4',
  })
  expect(config).toEqual({
    port: 8080,
    host: '0.0.0.0',
    workers: 4,
    databaseFile: '/var/lib/timetrack/data.db',
    baseDomain: 'timetrack.example.com',
    logLevel: 'debug',
    trustProxy: ['10.0.0.0/8', '::1'],
  })
  expect(Object.isFrozen(config)).toBe(true)
})

test('every wrong setting is named at once, with its value and what to give instead', () => {
  const wrong = {
    PORT: '65536',
    HOST: 'not a host',
    WORKERS: '0',
    DATABASE_URL: 'postgres://db',
    BASE_DOMAIN: '-x.example.com',
    LOG_LEVEL: 'loud',
    TRUST_PROXY: 'everyone',
  }
  const found = problems(wrong)
  expect(found).toHaveLength(7)
  for (const [index, [name, value]] of Object.entries(wrong).entries())
    expect(found[index]).toMatch(new RegExp(`^${name}=${value} is not valid: give .+\\.$`))
  expect(() => readConfig(wrong)).toThrow(found.join('\n'))
})

test.each([
  'postgres://user:pass-word@db/timetrack',
  'postgres://user:pass/word@x@db',
  'mysql:user:pass-word',
  'postgres://db/timetrack?password=pass-word',
  'host=db password=pass-word',
])('DATABASE_URL: a password in a wrong one is not shown: %s', (text) => {
  expect(problems({ DATABASE_URL: text })).toEqual([
    'DATABASE_URL=… is not valid: give file: and a path, such as file:data/timetrack.db.',
  ])
})

test.each([
  ['PORT', 'port', { '0': 0, '1': 1, '65535': 65_535 }],
  ['HOST', 'host', { '::': '::', '::1': '::1', localhost: 'localhost', 'db-1.internal': 'db-1.internal' }],
  ['WORKERS', 'workers', { '1': 1, '64': 64 }],
  ['DATABASE_URL', 'databaseFile', { 'file:a.db': 'a.db', 'file:///a/b.db': '/a/b.db', 'file:a b': 'a b' }],
  [
    'BASE_DOMAIN',
    'baseDomain',
    { LOCALHOST: 'localhost', 'a.b-c.de': 'a.b-c.de', 'example.com.': 'example.com' },
  ],
  ['LOG_LEVEL', 'logLevel', { silent: 'silent', Warn: 'warn', fatal: 'fatal' }],
  [
    'TRUST_PROXY',
    'trustProxy',
    { off: false, FALSE: false, '0': false, '1': 1, '10': 10, '::1/128': ['::1/128'] },
  ],
] as const)('%s: what is right', (name, field, values) => {
  for (const [text, value] of Object.entries(values))
    expect([text, readConfig({ [name]: text })[field]]).toEqual([text, value])
})

test.each([
  ['PORT', ['-1', '65536', '3000x', '0x10', '1e3', '3.5', '100000']],
  ['HOST', ['a b', 'http://localhost', 'localhost:3000', '[::1]', 'a/b']],
  ['WORKERS', ['0', '65', '-1', '1.5', 'auto']],
  ['DATABASE_URL', ['data.db', 'file:', 'file://host/x.db', 'sqlite:x.db', 'postgres://u@h/db', 'file:a\0b']],
  [
    'BASE_DOMAIN',
    [
      'a..b',
      '.example.com',
      'ex_ample.com',
      '*.example.com',
      'a:80',
      'x'.repeat(64),
      `${'a.'.repeat(127)}aa`,
    ],
  ],
  ['LOG_LEVEL', ['verbose', '5', 'infos']],
  [
    'TRUST_PROXY',
    ['on', '-1', '1.5', 'localhost', '10.0.0.0/33', '::1/129', '10.0.0.0/8,', '10.0.0.0/8/8', '10.0.0/8'],
  ],
])('%s: what is wrong is refused by name', (name, values) => {
  for (const text of values)
    expect([text, problems({ [name]: text })]).toEqual([text, [expect.stringContaining(`${name}=`)]])
})
