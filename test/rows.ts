import type { Location } from '../src/db/location.ts'
import { ask } from './engine.ts'

export const AT = '2026-01-01T00:00:00.000Z'

/** A project as its text is kept, with # for its number and ~ for its client. */
const PROJECT =
  '{"ID":#,"id":#,"projectName":"Project #","clientName":"~","projectEnabled":true,"notes":null,"hourRate":#,' +
  `"timeEstimated":null,"budgetEstimated":null,"createdAt":"${AT}","updatedAt":"${AT}"}`

/** What a client may have and these do not. */
const DETAILS = Object.fromEntries(
  [
    ...['color', 'notes', 'email', 'phone', 'address', 'address2', 'addressZipCode', 'addressCity'],
    ...['addressCountry', 'contactPerson', 'field1', 'field2', 'field3'],
  ].map((name) => [name, null]),
)

/**
 * Gives an account without projects clients and very many projects, as its rows have been since the first version, but
 * without an audit. Project 7 is "Project 7" and has 7 as its hourRate.
 * @param clientOf SQL: which of the clients, counted from 0, project i is of
 */
export async function fillAccount(
  location: Location,
  account: number,
  clients: readonly string[],
  projects: number,
  clientOf = '0',
): Promise<void> {
  for (const [name, value] of Object.entries({
    client: clients.length,
    project: projects,
    change: clients.length + projects,
  }))
    await ask(
      location,
      `insert into counters (account_id, name, value) values (?, ?, ?)
        on conflict (account_id, name) do update set value = excluded.value`,
      ...[account, name, value],
    )
  for (const [index, name] of clients.entries()) {
    const id = index + 1
    const wire = { ID: id, id, name, enabled: true, ...DETAILS, createdAt: AT, updatedAt: AT }
    await ask(
      location,
      `insert into clients (account_id, id, name_fold, name_sort, enabled, version, created_at, updated_at, wire)
        values (?, ?, ?, ?, 1, 1, ?, ?, ?)`,
      ...[account, id, name.toUpperCase(), name.toUpperCase(), AT, AT, JSON.stringify(wire)],
    )
  }
  const named = (form: (name: string) => string) =>
    `case ${clientOf} ${clients.map((name, index) => `when ${index} then '${form(name)}'`).join(' ')} end`
  await ask(
    location,
    `with recursive numbers (i) as (select 1 union all select i + 1 from numbers where i < ${projects})
      insert into projects (account_id, id, client_id, name_fold, name_sort, client_sort, enabled, hour_rate,
        hour_rate_missing, time_estimated, time_estimated_missing, budget_estimated, budget_estimated_missing,
        version, created_at, updated_at, wire)
      select ${account}, i, 1 + ${clientOf}, 'PROJECT ' || i, 'PROJECT ' || i,
        ${named((name) => name.toUpperCase())}, 1, i, 0, 0, 1, 0, 1, 1, '${AT}', '${AT}',
        replace(replace('${PROJECT}', '#', '' || i), '~', ${named((name) => name)})
      from numbers`,
  )
}
