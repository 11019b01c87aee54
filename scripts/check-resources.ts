/**
 * Says what a resource still lacks outside of its folder: a line in src/app.ts, a line in src/db/tables.ts, a migration.
 * Everything else follows from these three.
 */
import { readdirSync } from 'node:fs'
import { migrations } from '../src/db/migrations/index.ts'
import { builder } from '../src/db/sqlite/builder.ts'
import { tables } from '../src/db/tables.ts'
import type { Resource } from '../src/http/resource.ts'

const folder = new URL('../src/resources/', import.meta.url)

const problems = [...tablesWithoutMigration(), ...(await resourcesNotServed())]
for (const problem of problems) console.error(problem)
process.exitCode = problems.length > 0 ? 1 : 0

function tablesWithoutMigration(): string[] {
  const created = migrations.flatMap(({ statements }) =>
    statements(builder).map((statement) => /^create table "(\w+)"/.exec(statement.compile().sql)?.[1]),
  )
  return Object.keys(tables)
    .filter((table) => !created.includes(table) && table !== 'schema_migrations')
    .map(
      (table) =>
        `src/db/tables.ts has a table ${table} that no migration creates: add one to src/db/migrations/index.ts.`,
    )
}

/** A resource whose table src/db/tables.ts lacks cannot even be loaded: its error says so. */
async function resourcesNotServed(): Promise<string[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.routes.ts'),
  )
  try {
    const { resources } = await import('../src/app.ts')
    const found = await Promise.all(files.map(resourcesIn))
    return found
      .flat()
      .filter(({ resource }) => !resources.includes(resource))
      .map(
        ({ file, name }) =>
          `src/resources/${file} has a resource that is not served: add ${name} to src/app.ts.`,
      )
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

async function resourcesIn(file: string): Promise<{ file: string; name: string; resource: Resource }[]> {
  const module: Record<string, unknown> = await import(new URL(file, folder).href)
  return Object.entries(module).flatMap(([name, value]) =>
    isResource(value) ? [{ file, name, resource: value }] : [],
  )
}

function isResource(value: unknown): value is Resource {
  return typeof value === 'object' && value !== null && 'operations' in value && 'tag' in value
}
