import { defineConfig } from 'vitest/config'

/** About the file of SQLite, or no database at all. */
const onSqliteAlone = [
  'test/storage*.test.ts',
  'test/e2e/**',
  'test/prepare.test.ts',
  'test/{fold,check-resources}.test.ts',
  'src/config.test.ts',
]

const shared = {
  include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
  pool: 'forks' as const,
  testTimeout: 30_000,
  hookTimeout: 30_000,
}

/** About several servers, connections, plans, or both engines. */
const onPostgresAlone = [
  'test/servers.test.ts',
  'test/copy*.test.ts',
  'test/postgres*.test.ts',
  'test/statements.test.ts',
]

/** The contract where it rests on rows, and the rules that span accounts and rows. */
const onParts = [
  'src/resources/{changes,keys,sessions}/*.test.ts',
  'src/resources/projects/{batch,project*}.test.ts',
  'src/resources/clients/client.test.ts',
  'src/http/idempotency.test.ts',
  'test/{parts,isolation,concurrency}.test.ts',
  'test/sort.property.test.ts',
]

export default defineConfig({
  test: {
    projects: [
      { test: { ...shared, name: 'sqlite', exclude: [...onPostgresAlone, 'test/parts.test.ts'] } },
      {
        test: {
          ...shared,
          name: 'postgres',
          exclude: [...onSqliteAlone, 'test/parts.test.ts'],
          env: { TEST_ENGINE: 'postgres', TEST_TEMPLATE: 'whole' },
          globalSetup: 'test/postgres-server.ts',
        },
      },
      {
        test: {
          ...shared,
          name: 'partitioned',
          include: onParts,
          env: { TEST_ENGINE: 'postgres', TEST_TEMPLATE: 'divided' },
          globalSetup: 'test/postgres-server.ts',
        },
      },
    ],
  },
})
