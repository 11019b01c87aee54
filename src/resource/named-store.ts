import type { Query } from '../db/query.ts'
import type { Reader } from '../db/reader.ts'
import type { Tx } from '../db/scope.ts'
import type { ObjectTable, Tables } from '../db/tables.ts'
import { fold, sortKey } from '../domain/fold.ts'
import { capitalized, type Noun } from '../domain/noun.ts'
import type { IfMatch } from '../http/conditional.ts'
import { refusal } from '../http/errors.ts'
import type { ObjectKind } from '../http/object-kind.ts'
import type { NamedErrors } from './refusals.ts'
import { completer, type StoredObject } from './schema.ts'
import { ObjectStore, type Stored, type StoreSpec } from './store.ts'
import { byNameIn } from './table.ts'

interface NamedObject extends StoredObject {
  name: string
  enabled: boolean
}

type NamedColumn = 'name_fold' | 'name_sort' | 'enabled'

/** Tables of objects identified by name. */
type NamedTable = {
  [T in ObjectTable]: Tables[T] extends Record<NamedColumn, unknown> ? T : never
}[ObjectTable]

interface NamedSpec<T extends NamedTable, O> {
  readonly table: T
  readonly kind: Pick<ObjectKind, 'noun' | 'schemas'>
  readonly errors: NamedErrors
  /** Column → its value for an object, for the columns that not every named object has. */
  readonly columns?: Omit<StoreSpec<T, O, never>['columns'], NamedColumn>
}

/** Objects whose names, compared by fold, are unique among the live ones of an account. */
export class NamedStore<T extends NamedTable, O extends NamedObject> extends ObjectStore<T, O> {
  readonly #complete: ReturnType<typeof completer>
  readonly #byName: Query<{ name_fold: string }, Stored<T>>
  readonly #noun: Noun
  readonly #errors: NamedErrors

  constructor({ table, kind, errors, columns }: NamedSpec<T, O>) {
    const named = {
      name_fold: ({ name }: O) => fold(name),
      name_sort: ({ name }: O) => sortKey(name),
      enabled: ({ enabled }: O) => Number(enabled),
      ...columns,
    } as unknown as StoreSpec<T, O, never>['columns']
    super({ table, kind, errors, columns: named })
    this.#complete = completer(kind.schemas.object)
    this.#byName = byNameIn(table)
    this.#noun = kind.noun
    this.#errors = errors
  }

  /** The live object with this name, compared by fold; undefined if there is none. */
  find(reader: Reader, name: string): Promise<Stored<T> | undefined> {
    return reader.first(this.#byName, { name_fold: fold(name) })
  }

  async create(tx: Tx, input: Record<string, unknown> & { name: string }): Promise<Stored<T>> {
    await this.refuseTakenName(tx, input.name)
    return this.addNamed(tx, input)
  }

  /** Adds an object whose name is known to be free. */
  addNamed(tx: Tx, input: Record<string, unknown> & { name: string }): Promise<Stored<T>> {
    return this.add(tx, this.#complete(input) as Omit<O, keyof StoredObject>, {} as never)
  }

  rename(tx: Tx, id: number, name: string, ifMatch: IfMatch | undefined): Promise<Stored<T>> {
    return this.change(tx, 'rename', id, ifMatch, async (object) => {
      if (fold(name) !== fold(object.name)) await this.refuseTakenName(tx, name)
      return { ...object, name }
    })
  }

  setEnabled(tx: Tx, id: number, enabled: boolean, ifMatch: IfMatch | undefined): Promise<Stored<T>> {
    return this.change(tx, enabled ? 'enable' : 'disable', id, ifMatch, (object) => ({ ...object, enabled }))
  }

  /** Refused if its name has been taken meanwhile. */
  override restore(tx: Tx, id: number, ifMatch: IfMatch | undefined): Promise<Stored<T>> {
    return super.restore(tx, id, ifMatch, ({ name }) => this.refuseTakenName(tx, name))
  }

  async refuseTakenName(tx: Tx, name: string): Promise<void> {
    const taken = await this.find(tx, name)
    if (!taken) return
    const { one } = this.#noun
    throw refusal(
      this.#errors.nameTaken,
      `${capitalized(one)} ${taken.id} has this name. Choose another name, or use ${one} ${taken.id}.`,
      { pointer: '/name' },
    )
  }
}
