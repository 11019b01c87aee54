import { expect } from 'vitest'
import type { Location } from '../src/db/location.ts'
import { ask } from './engine.ts'

/** A database is whole, with an audit row for every change and no number left out. */
export async function expectWhole(location: Location): Promise<void> {
  if ('file' in location) {
    expect(await ask(location, 'pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
    expect(await ask(location, 'pragma foreign_key_check')).toEqual([])
  }
  for (const { account_id } of await ask(location, 'select account_id from accounts')) {
    const rows = (sql: string) => ask(location, sql, account_id)
    const audit = await rows('select * from audit where account_id = ? order by change')
    expect(audit.map((row) => row.change)).toEqual(audit.map((_, index) => index + 1))

    const projects = await rows(
      'select id, version, deleted_at, wire from projects where account_id = ? order by id',
    )
    expect(projects.map((row) => row.id)).toEqual(projects.map((_, index) => index + 1))
    for (const project of projects) {
      const changes = audit.filter((row) => row.entity === 'project' && row.entity_id === String(project.id))
      expect(changes.length).toBe(project.version)
      expect(changes[0].action).toBe('project.create')
      expect(changes.at(-1).after).toBe(project.wire)
    }

    const clients = (await rows('select id from clients where account_id = ? order by id')).map((row) =>
      String(row.id),
    )
    const created = audit.filter((row) => row.action === 'client.create').map((row) => row.entity_id)
    expect(created).toEqual(clients)
    expect(audit.filter((row) => !/^(project|client)\./.test(row.action)).map((row) => row.action)).toEqual([
      'account.create',
      'key.create',
    ])
  }
}
