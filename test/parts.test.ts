import { expect, test } from 'vitest'
import { ask, dropLocation, newDatabase, tablesOfAccounts } from './engine.ts'

test('every table of accounts but their own is divided, and refuses a key without the account', async () => {
  const location = await newDatabase()
  const divided = await ask(location, 'select partrelid::regclass::text as name from pg_partitioned_table')
  expect([...divided.map(({ name }) => name), 'accounts'].sort()).toEqual(await tablesOfAccounts(location))
  await expect(ask(location, 'create unique index on projects (id)')).rejects.toThrow(
    /must include all partitioning columns/,
  )
  await dropLocation(location)
})
