import type { CreateTableBuilder } from 'kysely'
import type { Builder } from '../query.ts'
import { clustered } from '../sql.ts'

/** A table of an account's rows; its primary key begins with the account. */
export function accountTable(db: Builder, name: string): CreateTableBuilder<string, 'account_id'> {
  return db.schema
    .createTable(name)
    .addColumn('account_id', 'bigint', (column) => column.notNull())
    .modifyEnd(clustered(db)) as CreateTableBuilder<string, 'account_id'>
}
