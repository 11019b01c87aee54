import { defineConfig } from 'vitest/config'

/** About the file of SQLite, or no database at all. */
const onSqliteAlone = [
  'test/storage*.test.ts',
  'test/migration.test.ts',
  'test/e2e/**',
  'test/prepare.test.ts',
  'test/fold.test.ts',
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

/** The contract, and the rules that span accounts, rows and pages. */
const onParts = [
  'src/**/*.test.ts',
  'test/parts.test.ts',
  'test/isolation.test.ts',
  'test/concurrency.test.ts',
  'test/{paging,search,sort}.property.test.ts',
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
          exclude: onSqliteAlone,
          env: { TEST_ENGINE: 'postgres', TEST_TEMPLATE: 'divided' },
          globalSetup: 'test/postgres-server.ts',
        },
      },
    ],
  },
})
