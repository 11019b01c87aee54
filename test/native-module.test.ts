import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

/** The memory grows, with pauses, so that what it no longer needs is collected between two pieces of JavaScript. */
const SCRIPT = `
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
const database = new Sqlite(':memory:')
const kept = []
for (let round = 0; round < 150; round++) {
  for (let count = 0; count < 100; count++) database.prepare('select 1')
  kept.push(Array.from({ length: 20_000 }, (_, number) => ({ number })))
  await sleep(1)
}`

test('statements of SQLite that are no longer needed are collected, and the process goes on', () => {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const parameters = ['--input-type=module', '--eval', SCRIPT]
  const { status, signal, stderr } = spawnSync(process.execPath, parameters, { cwd: root, encoding: 'utf8' })
  expect({ status, signal, stderr }).toEqual({ status: 0, signal: null, stderr: '' })
})
