/** A resource that exists in tests alone: its table, its migration, its line in both lists. Import it before all else. */
import { Type } from 'typebox'
import { kinds, resourcesOf } from '../src/app.ts'
import type { Migration } from '../src/db/migration.ts'
import { namedTable, uniqueName } from '../src/db/migrations/account-table.ts'
import { migrations } from '../src/db/migrations/index.ts'
import { tables } from '../src/db/tables.ts'
import { namedList } from '../src/resource/named-list.ts'
import { NamedStore } from '../src/resource/named-store.ts'
import { namedResource } from '../src/resource/operations.ts'
import { namedErrors } from '../src/resource/refusals.ts'
import { namedKind } from '../src/resource/schema.ts'
import { serve } from './api.ts'

const TABLE = 'stamps' as 'tasks'

Object.assign(tables, { stamps: { ...tables.tasks, entity: 'stamp' } })
;(migrations as Migration[]).push({
  name: '9999-stamps',
  statements: (db) => [namedTable(db, 'stamps'), uniqueName(db, 'stamps')],
})

const kind = namedKind(
  { one: 'stamp', many: 'stamps' },
  {
    notes: Type.Unsafe<string | null>({
      type: ['string', 'null'],
      maxLength: 100,
      format: 'text',
      description: 'Notes.',
      'x-aliases': ['remark'],
    }),
  },
  { description: 'A stamp.', example: { name: 'Paid', enabled: true, notes: null } },
)
const errors = namedErrors(kind.noun, { notFound: 90001, nameTaken: 90002, deleted: 90020 })
const { filter, list } = namedList(kind, TABLE)

const stamps = namedResource({
  ...kind,
  description: 'Stamps.',
  filter,
  list,
  errors,
  store: new NamedStore({ table: TABLE, kind, errors, columns: {} as never }),
  special: {
    list: { aliases: ['/postmarks'] },
    create: { example: { name: 'Paid', notes: 'Red.' } },
    update: { example: { notes: 'Blue.' } },
    rename: { example: { name: 'Received' } },
  },
})

serve(resourcesOf([...kinds, stamps]), stamps.operations)
