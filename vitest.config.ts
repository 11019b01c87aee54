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

/** About several servers, connections, or both engines. */
const onPostgresAlone = ['test/servers.test.ts', 'test/copy*.test.ts', 'test/postgres*.test.ts']

export default defineConfig({
  test: {
    projects: [
      { test: { ...shared, name: 'sqlite', exclude: onPostgresAlone } },
      {
        test: {
          ...shared,
          name: 'postgres',
          exclude: onSqliteAlone,
          env: { TEST_ENGINE: 'postgres' },
          globalSetup: 'test/postgres-server.ts',
        },
      },
    ],
  },
})
