import { readdirSync } from 'node:fs'
import { describe, expect } from 'vitest'
import { hasDatabase, it, run } from '../process.ts'

/** Each command, and what its help has to name. */
const COMMANDS: [string[], string[]][] = [
  [[], ['serve', 'migrate', 'account', 'key', 'user']],
  [['serve'], []],
  [['migrate'], []],
  [['account'], ['create', 'list']],
  [['account', 'create'], ['--json']],
  [['account', 'list'], []],
  [['key'], ['create', 'list', 'rotate', 'revoke']],
  [['key', 'create'], []],
  [['key', 'list'], []],
  [['key', 'rotate'], ['--grace <hours>']],
  [['key', 'revoke'], []],
  [['user'], ['create', 'list', 'link']],
  [['user', 'create'], ['--admin']],
  [['user', 'list'], []],
  [['user', 'link'], []],
]

describe.concurrent('exit 0: --help, also beside wrong settings', () => {
  for (const [command, named] of COMMANDS) {
    it(['timetrack', ...command, '--help'].join(' '), async ({ folder }) => {
      const { code, stdout, stderr } = await run(folder, [...command, '--help'], { PORT: 'not a port' })
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toMatch(new RegExp(`^Usage: ${['timetrack', ...command].join(' ')}\\b`))
      for (const name of named) expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'))
      expect(readdirSync(folder)).toEqual([])
    })
  }
})

describe.concurrent('exit 2: a wrong call, which says so on stderr and does nothing', () => {
  const key = 'ttk_1_AAAAAAAAAAAAAAAA'
  const calls: string[][] = [
    [],
    ['unknown'],
    ['--unknown'],
    ['serve', 'extra'],
    ['account'],
    ['account', 'unknown'],
    ['account', 'create'],
    ['account', 'create', 'one', 'two'],
    ['account', 'create', 'one', '--unknown'],
    ['account', 'create', 'Not A Name'],
    ['key'],
    ['key', 'create'],
    ['key', 'list'],
    ['key', 'rotate'],
    ['key', 'rotate', 'not-a-key'],
    ['key', 'rotate', key, '--grace'],
    ['key', 'rotate', key, '--grace', 'soon'],
    ['key', 'rotate', key, '--grace', '-1'],
    ['key', 'rotate', key, '--grace', '99999'],
    ['key', 'revoke'],
    ['key', 'revoke', 'not-a-key'],
    ['user'],
    ['user', 'create', 'acme'],
    ['user', 'create', 'acme', 'not a name'],
    ['user', 'list'],
    ['user', 'link', 'acme'],
  ]
  for (const parameters of calls) {
    it(['timetrack', ...parameters.map((word) => word || "''")].join(' '), async ({ folder }) => {
      const { code, stdout, stderr } = await run(folder, parameters)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(/\S/)
      expect(stderr).not.toMatch(/\n {4}at /)
      expect(await hasDatabase(folder)).toBe(false)
    })
  }
})

describe.concurrent('exit 1: a right call that cannot be done, which says why on stderr', () => {
  const unknown = 'ttk_1_AAAAAAAAAAAAAAAA'
  const calls: [string[], RegExp][] = [
    [['key', 'create', 'nobody'], /^timetrack: No account is called nobody\. .*\n$/],
    [['key', 'list', 'nobody'], /^timetrack: No account is called nobody\. .*\n$/],
    [['key', 'rotate', unknown], /^timetrack: No key ttk_1_AAAAAAAAAAAAAAAA is in use\. .*\n$/],
    [['key', 'revoke', unknown], /^timetrack: No key ttk_1_AAAAAAAAAAAAAAAA is in use\. .*\n$/],
    [
      ['key', 'revoke', 'ttk_7_AAAAAAAAAAAAAAAA'],
      /^timetrack: No key ttk_7_AAAAAAAAAAAAAAAA is in use\. .*\n$/,
    ],
  ]
  for (const [parameters, sentence] of calls) {
    it(['timetrack', ...parameters].join(' '), async ({ folder }) => {
      const { code, stdout, stderr } = await run(folder, parameters)
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(sentence)
    })
  }
})

describe.concurrent('settings', () => {
  const wrong = {
    PORT: '65536',
    HOST: 'not an address',
    DATABASE_URL: 'mysql://localhost/timetrack',
    BASE_DOMAIN: '-not-.a_domain',
    LOG_LEVEL: 'loud',
    TRUST_PROXY: '10.0.0.0/33',
  }

  for (const command of [['serve'], ['key', 'list', 'acme']]) {
    it(`exit 2: all wrong ones are named at once by timetrack ${command.join(' ')}`, async ({ folder }) => {
      const { code, stdout, stderr } = await run(folder, command, wrong)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      for (const name of Object.keys(wrong)) expect(stderr).toMatch(new RegExp(`\\b${name}\\b`))
      expect(stderr).not.toMatch(/\n {4}at /)
      expect(readdirSync(folder)).toEqual([])
    })
  }

  it('exit 2: each wrong one has a line of its own', async ({ folder }) => {
    const { stderr } = await run(folder, ['serve'], wrong)
    const [first, ...lines] = stderr.trimEnd().split('\n')
    expect(first).toBe('timetrack: Several settings are wrong:')
    expect(lines).toEqual(
      Object.keys(wrong).map((name) =>
        expect.stringMatching(new RegExp(`^  ${name}=.* is not valid: .*\\.$`)),
      ),
    )
  })

  it('exit 2: a wrong one is named alone where the others are right', async ({ folder }) => {
    const outcomes = await Promise.all(
      Object.entries(wrong).map(async ([name, value]) => {
        const { code, stderr } = await run(folder, ['serve'], { [name]: value })
        return { code, named: Object.keys(wrong).filter((other) => stderr.includes(`${other}=`)) }
      }),
    )
    expect(outcomes).toEqual(Object.keys(wrong).map((name) => ({ code: 2, named: [name] })))
  })

  it('exit 2: the message for a wrong DATABASE_URL does not show the password in it', async ({ folder }) => {
    const { code, stderr } = await run(folder, ['serve'], {
      DATABASE_URL: 'mysql://timetrack:pass-word-5b@localhost/timetrack',
    })
    expect(code).toBe(2)
    expect(stderr).toContain('DATABASE_URL')
    expect(stderr).not.toContain('pass-word-5b')
  })
})
