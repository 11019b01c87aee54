import Sqlite from 'better-sqlite3'
import { expect } from 'vitest'

/** A database file is whole, with an audit row for every change and no number left out. */
export function expectWholeFile(path: string): void {
  const file = new Sqlite(path, { readonly: true })
  try {
    expect(file.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(file.pragma('foreign_key_check')).toEqual([])
    for (const { account_id } of file.prepare('select account_id from accounts').all() as any[]) {
      const rows = (sql: string): any[] => file.prepare(sql).all(account_id)
      const audit = rows('select * from audit where account_id = ? order by change')
      expect(audit.map((row) => row.change)).toEqual(audit.map((_, index) => index + 1))

      const projects = rows('select id, version, deleted_at, wire from projects where account_id = ?')
      expect(projects.map((row) => row.id)).toEqual(projects.map((_, index) => index + 1))
      for (const project of projects) {
        const changes = audit.filter(
          (row) => row.entity === 'project' && row.entity_id === String(project.id),
        )
        expect(changes.length).toBe(project.version)
        expect(changes.map((row) => row.before)).toEqual([
          null,
          ...changes.slice(0, -1).map((row) => row.after),
        ])
        expect(changes[0].action).toBe('project.create')
        expect(changes.at(-1).after).toBe(project.wire)
      }

      const clients = rows('select id from clients where account_id = ?').map((row) => String(row.id))
      const created = audit.filter((row) => row.action === 'client.create').map((row) => row.entity_id)
      expect(created).toEqual(clients)
      expect(audit.filter((row) => !/^(project|client)\./.test(row.action)).map((row) => row.action)).toEqual(
        ['account.create', 'key.create'],
      )
    }
  } finally {
    file.close()
  }
}
