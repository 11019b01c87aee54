import {
  DummyDriver,
  Kysely,
  type LimitNode,
  type OffsetNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Builder } from '../query.ts'
import type { Tables } from '../tables.ts'

/**
 * Puts a plus before what limits and skips rows: SQLite plans by the value of a bare parameter that stands there, and so
 * would prepare the statement anew each time it runs, which takes up to half as long as all else that a list does.
 */
class QueryCompiler extends SqliteQueryCompiler {
  protected override visitLimit({ limit }: LimitNode): void {
    this.append('limit +')
    this.visitNode(limit)
  }

  protected override visitOffset({ offset }: OffsetNode): void {
    this.append('offset +')
    this.visitNode(offset)
  }
}

const kysely = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new QueryCompiler(),
  },
})

export const builder: Builder = Object.assign(kysely, { engine: 'sqlite' as const })
