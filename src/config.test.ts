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
  database: { file: 'data/timetrack.db' },
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
    database: { file: '/var/lib/timetrack/data.db' },
    baseDomain: 'timetrack.example.com',
    logLevel: 'debug',
    trustProxy: ['10.0.0.0/8', '::1'],
  })
  expect(Object.isFrozen(config)).toBe(true)
})

test('all wrong settings are named at once, each with its value and what to give instead', () => {
  const wrong = {
    PORT: '65536',
    HOST: 'not a host',
    WORKERS: '0',
    DATABASE_URL: 'mysql://db/timetrack',
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
  ['postgres://user:pass-word@db', 'name the database'],
  ['postgres://user:pass/word@x@db', 'hosts'],
  ['postgres://user:pass#word@db/timetrack', 'with %2F'],
  ['postgres://user:pass-word%@db/timetrack', 'as %25'],
  ['postgres://user:pass-word@db:0/timetrack', 'ports'],
  ['postgres://user:pass-word@db:x/timetrack', 'hosts'],
  ['postgres://user:pass-word@db/timetrack?max=0', 'max'],
  ['postgres://user:pass-word@db/timetrack?sslmode=yes', 'sslmode'],
  ['postgres://user:pass-word@db/timetrack?target_session_attrs=any', 'target_session_attrs'],
  ['postgres://db/timetrack?password=pass-word', 'parameters'],
  ['mysql:user:pass-word', 'file:'],
  ['host=db password=pass-word', 'file:'],
])('DATABASE_URL: a wrong one is explained, and the password in it not shown: %s', (text, rule) => {
  const [problem, ...others] = problems({ DATABASE_URL: text })
  expect(others).toEqual([])
  expect(problem).toMatch(/^DATABASE_URL=… is not valid: .+\.$/)
  expect(problem).toContain(rule)
  expect(problem).not.toMatch(/pass.?word@|pass-word/)
})

const postgres = {
  hosts: [{ host: 'db', port: 5432 }],
  database: 'timetrack',
  user: 'anna',
  password: '',
  sslmode: 'prefer',
  max: 10,
}

test.each([
  ['postgres://anna@db/timetrack', {}],
  [
    'postgresql://anna:p%40ss%2F%3A@db:5433/time%20track?sslmode=require&max=4',
    {
      hosts: [{ host: 'db', port: 5433 }],
      password: 'p@ss/:',
      database: 'time track',
      sslmode: 'require',
      max: 4,
    },
  ],
  [
    'postgres://anna@one:5433,two,[::1]:5434/timetrack?target_session_attrs=read-write',
    {
      hosts: [
        { host: 'one', port: 5433 },
        { host: 'two', port: 5432 },
        { host: '::1', port: 5434 },
      ],
    },
  ],
  [
    'postgres://anna@%2Frun%2Fpostgresql:5433/timetrack',
    { hosts: [{ host: '/run/postgresql', port: 5433 }] },
  ],
  ['postgres://anna@/timetrack?host=/run/postgresql', { hosts: [{ host: '/run/postgresql', port: 5432 }] }],
])('DATABASE_URL: PostgreSQL as libpq reads it: %s', (text, expected) => {
  expect(readConfig({ DATABASE_URL: text }).database).toEqual({ postgres: { ...postgres, ...expected } })
})

test.each([
  ['PORT', 'port', { '0': 0, '1': 1, '65535': 65_535 }],
  ['HOST', 'host', { '::': '::', '::1': '::1', localhost: 'localhost', 'db-1.internal': 'db-1.internal' }],
  ['WORKERS', 'workers', { '1': 1, '64': 64 }],
  [
    'DATABASE_URL',
    'database',
    { 'file:a.db': { file: 'a.db' }, 'file:///a/b.db': { file: '/a/b.db' }, 'file:a b': { file: 'a b' } },
  ],
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
  ['DATABASE_URL', ['data.db', 'file:', 'file://host/x.db', 'sqlite:x.db', 'postgres:u@h/db', 'file:a\0b']],
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
])('%s: a wrong value is refused by name', (name, values) => {
  for (const text of values)
    expect([text, problems({ [name]: text })]).toEqual([text, [expect.stringContaining(`${name}=`)]])
})
