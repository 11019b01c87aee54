import {
  type ColumnDefinitionNode,
  DataTypeNode,
  DummyDriver,
  Kysely,
  type KyselyPlugin,
  OperationNodeTransformer,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  RawNode,
} from 'kysely'
import type { Builder } from '../query.ts'
import type { Tables } from '../tables.ts'

const bytewise = RawNode.createWithSql('collate "C"')

/** Texts compare by their bytes, as on SQLite: uniqueness, order and cursors rest on it, and no migration can forget it. */
class Bytewise extends OperationNodeTransformer {
  protected override transformColumnDefinition(column: ColumnDefinitionNode): ColumnDefinitionNode {
    const isText = DataTypeNode.is(column.dataType) && column.dataType.dataType === 'text'
    const modifiers = [...(column.frontModifiers ?? []), bytewise]
    return super.transformColumnDefinition(isText ? { ...column, frontModifiers: modifiers } : column)
  }
}

const transformer = new Bytewise()
const plugin: KyselyPlugin = {
  transformQuery: ({ node, queryId }) => transformer.transformNode(node, queryId),
  transformResult: async ({ result }) => result,
}

const kysely = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
  plugins: [plugin],
})

export const builder: Builder = Object.assign(kysely, { engine: 'postgres' as const })
