import { defineConfig } from 'vitest/config'

const processes = 'test/processes/*.test.ts'
const e2e = 'test/e2e/*.test.ts'
/** It serves a resource that no other file in its worker may see. */
const newResource = 'test/new-resource.test.ts'

/** About several servers, connections, plans, or both engines. */
const onPostgresAlone = [
  'test/statements.test.ts',
  'test/processes/{servers,copy,postgres*}.test.ts',
  // On tables divided by account.
  'test/parts.test.ts',
]

/** About the file of SQLite, or no database at all. */
const onSqliteAlone = [
  'test/{fold,native-module}.test.ts',
  'test/processes/{storage*,prepare,check-resources}.test.ts',
  'src/config.test.ts',
]

/** About HTTP, documents and words on a command line: no row of a database changes what comes out. */
const onOneEngine = [
  'src/{docs,web}/*.test.ts',
  'src/http/{body,connection,host,methods,tracing}.test.ts',
  'test/openapi.test.ts',
  'test/processes/{curl,usage}.test.ts',
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

const shared = {
  include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
  globalSetup: ['test/run-folder.ts'],
  pool: 'forks' as const,
  // A worker runs file after file and keeps what it has loaded: loading the server takes longer than most files do.
  isolate: false,
  testTimeout: 30_000,
  hookTimeout: 30_000,
}

const onPostgres = (template: string) => ({
  globalSetup: [...shared.globalSetup, 'test/postgres-server.ts'],
  env: { TEST_ENGINE: 'postgres', TEST_TEMPLATE: template },
})

export default defineConfig({
  test: {
    maxWorkers: '100%',
    projects: [
      { test: { ...shared, name: 'sqlite', exclude: [...onPostgresAlone, processes, e2e, newResource] } },
      { test: { ...shared, name: 'processes', include: [processes], exclude: onPostgresAlone } },
      { test: { ...shared, name: 'e2e', include: [e2e] } },
      {
        test: {
          ...shared,
          ...onPostgres('whole'),
          name: 'postgres',
          exclude: [...onSqliteAlone, ...onOneEngine, 'test/parts.test.ts', e2e, newResource],
        },
      },
      { test: { ...shared, ...onPostgres('divided'), name: 'partitioned', include: onParts } },
      { test: { ...shared, name: 'new-resource', include: [newResource], isolate: true } },
      {
        test: {
          ...shared,
          ...onPostgres('more'),
          name: 'new-resource-postgres',
          include: [newResource],
          isolate: true,
        },
      },
    ],
  },
})
