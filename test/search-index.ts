import { setTimeout as sleep } from 'node:timers/promises'
import { call as callOf, type Param, query } from '../src/db/query.ts'
import type { Caller, TestServer } from './harness.ts'

const state = query((db, param: Param<object>) =>
  db.selectFrom('search_state').selectAll().where('account_id', '=', param('account')),
)

/** The number of the latest change of an account's projects, as the entity tag of their list has it. */
export async function latestChange({ call }: Pick<Caller, 'call'>): Promise<number> {
  return Number((await call('GET', '/projects?limit=0')).headers.etag?.match(/\d+/)?.[0])
}

/** Waits until SQLite's index of names has caught up with everything that was changed so far. */
export async function untilIndexed({ database }: TestServer, caller: Caller): Promise<void> {
  const latest = await latestChange(caller)
  for (;;) {
    const [row] = await database.reader.all(caller.account, callOf(state, {}))
    if (row && row.built_to === null && row.change >= latest) return
    await sleep(20)
  }
}
