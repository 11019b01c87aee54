import { setTimeout as sleep } from 'node:timers/promises'
import { ask } from './engine.ts'
import type { Caller, TestServer } from './harness.ts'

const state = 'select change, built_to from search_state where account_id = ? and entity = ?'

/** The number of the latest change of an account's projects, as the entity tag of their list has it. */
async function latestChange({ call }: Pick<Caller, 'call'>): Promise<number> {
  return Number((await call('GET', '/projects?limit=0')).headers.etag?.match(/\d+/)?.[0])
}

/** Waits until SQLite's index of names has caught up with everything that was changed so far. */
export async function untilIndexed(
  { location }: TestServer,
  caller: Caller,
  entity = 'project',
): Promise<void> {
  const latest = await latestChange(caller)
  for (;;) {
    const [row] = await ask(location, state, caller.account, entity)
    if (row && row.built_to === null && row.change >= latest) return
    await sleep(20)
  }
}
