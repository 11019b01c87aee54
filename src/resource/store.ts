import type { Query } from '../db/query.ts'
import type { Reader } from '../db/reader.ts'
import type { Tx } from '../db/scope.ts'
import { type Entity, type ObjectTable, tables } from '../db/tables.ts'
import { type IfMatch, refuseStale } from '../http/conditional.ts'
import type { ObjectKind } from '../http/object-kind.ts'
import { type ObjectErrors, Refusals, type Shown } from './refusals.ts'
import type { StoredObject } from './schema.ts'
import { type OwnColumn, type Row, tableStatements } from './table.ts'

export interface StoreSpec<T extends ObjectTable, O, R extends OwnColumn<T>> {
  readonly table: T
  readonly kind: Pick<ObjectKind, 'noun'>
  readonly errors: ObjectErrors
  /** Column → its value for an object. */
  readonly columns: { readonly [C in Exclude<OwnColumn<T>, R>]: (object: O) => Row<T>[C & keyof Row<T>] }
  /** Columns whose value does not follow from the object, such as the id of another object that it names. */
  readonly references?: readonly R[]
  /** Columns that are in an index. */
  readonly indexed?: readonly OwnColumn<T>[]
}

/** A whole row: what a change starts from, and returns. */
export type Stored<T extends ObjectTable> = Row<T> & Shown

/**
 * Objects of one kind. Each is stored as the text that is sent, beside the columns that statements look at. Changes
 * that only one kind has call `add` and `replace`, which also write the audit row.
 */
export class ObjectStore<T extends ObjectTable, O extends StoredObject, R extends OwnColumn<T> = never> {
  readonly entity: Entity
  readonly refusals: Refusals
  readonly byId: Query<{ id: number }, Stored<T>> & {
    readonly many: Query<{ ids: string }, Stored<T>>
  }
  readonly #statements: ReturnType<typeof tableStatements<T>>
  readonly #columns: readonly (readonly [string, (object: O) => unknown])[]
  readonly #references: readonly string[]
  /** The columns that decide whether a row keeps its place in the indexes. */
  readonly #placing: readonly string[]

  constructor({ table, kind, errors, columns, references = [], indexed = [] }: StoreSpec<T, O, R>) {
    this.refusals = new Refusals(kind.noun, errors)
    this.entity = entityOf(table)
    this.#columns = Object.entries(columns) as [string, (object: O) => unknown][]
    this.#references = references
    this.#placing = ['deleted_at', ...indexed]
    const own = [...Object.keys(columns), ...references] as OwnColumn<T>[]
    this.#statements = tableStatements(table, own, indexed)
    this.byId = this.#statements.byId as never
  }

  /** The object. Refused if it does not exist or is deleted. */
  async get(reader: Reader, id: number): Promise<Shown> {
    return this.refusals.refuseDeleted(await reader.first(this.#statements.shown, { id }))
  }

  /** The row, deleted or not. Refused if there never was one. */
  async getAny(reader: Reader, id: number): Promise<Stored<T>> {
    return this.refusals.refuseUnknown(await reader.first(this.byId, { id }))
  }

  /** The row that a change starts from. Refused like `get`, and if `ifMatch` names other versions. */
  async getFresh(tx: Tx, id: number, ifMatch: IfMatch | undefined): Promise<Stored<T>> {
    const row = this.refusals.refuseDeleted(await tx.first(this.byId, { id }))
    refuseStale(ifMatch, row.version)
    return row
  }

  objectOf(row: Shown): O {
    return JSON.parse(row.wire)
  }

  /** Adds an object under the next id. */
  async add(
    tx: Tx,
    fields: Omit<O, keyof StoredObject>,
    references: Pick<Row<T>, R & keyof Row<T>>,
  ): Promise<Stored<T>> {
    const id = await tx.next(this.entity)
    const object = { ID: id, id, ...fields, createdAt: tx.now, updatedAt: tx.now } as O
    const row = this.#rowOf(object, references, 1)
    await tx.run(this.#statements.insert as Query<Stored<T>, unknown>, row)
    await this.#record(tx, 'create', row)
    return row
  }

  /** Replaces an object with another. Nothing is written if they are the same. */
  async replace(
    tx: Tx,
    verb: string,
    before: Stored<T>,
    object: O,
    references: Pick<Row<T>, R & keyof Row<T>> = before,
  ): Promise<Stored<T>> {
    if (JSON.stringify(object) === before.wire) return before
    const row = this.#rowOf({ ...object, updatedAt: tx.now }, references, before.version + 1)
    const stays = this.#placing.every(
      (column) => row[column as keyof Row<T>] === before[column as keyof Row<T>],
    )
    const { update, updateContent } = this.#statements
    await tx.run((stays ? updateContent : update) as Query<Stored<T>, unknown>, row)
    await this.#record(tx, verb, row)
    return row
  }

  /** Changes a live object into what `work` makes of it. */
  async change(
    tx: Tx,
    verb: string,
    id: number,
    ifMatch: IfMatch | undefined,
    work: (object: O, row: Stored<T>) => O | Promise<O>,
  ): Promise<Stored<T>> {
    const before = await this.getFresh(tx, id, ifMatch)
    return this.replace(tx, verb, before, await work(this.objectOf(before), before))
  }

  /** Changes the fields that are sent. */
  update(
    tx: Tx,
    id: number,
    { ID: _, id: __, ...changes }: Partial<O>,
    ifMatch: IfMatch | undefined,
  ): Promise<Stored<T>> {
    return this.change(tx, 'update', id, ifMatch, (object) => ({ ...object, ...changes }))
  }

  /** Puts the object into the trash: its name is free again, and nothing of it is lost. */
  delete(tx: Tx, id: number, ifMatch: IfMatch | undefined): Promise<Stored<T>> {
    return this.change(tx, 'delete', id, ifMatch, (object) => ({ ...object, deletedAt: tx.now }))
  }

  /** Takes the object out of the trash unless `check` refuses; one that is not in the trash stays as it is. */
  async restore(
    tx: Tx,
    id: number,
    ifMatch: IfMatch | undefined,
    check: (object: O, row: Stored<T>) => Promise<void> = async () => {},
  ): Promise<Stored<T>> {
    const before = await this.getAny(tx, id)
    refuseStale(ifMatch, before.version)
    if (before.deleted_at === null) return before
    const { deletedAt: _, ...object } = this.objectOf(before)
    await check(object as O, before)
    return this.replace(tx, 'restore', before, object as O)
  }

  #record(tx: Tx, verb: string, { id, wire }: Shown): Promise<void> {
    return tx.record({ action: `${this.entity}.${verb}`, id, after: wire })
  }

  #rowOf(object: O, references: object, version: number): Stored<T> {
    const row: Record<string, unknown> = {
      id: object.id,
      version,
      created_at: object.createdAt,
      updated_at: object.updatedAt,
      deleted_at: object.deletedAt ?? null,
      wire: JSON.stringify(object),
    }
    for (const [column, value] of this.#columns) row[column] = value(object)
    for (const column of this.#references) row[column] = references[column as keyof object]
    return row as Stored<T>
  }
}

/** A table that nobody has registered would be in no copy, no statistics and not in the change feed. */
function entityOf(table: ObjectTable): Entity {
  const registered = tables[table] as (typeof tables)[ObjectTable] | undefined
  if (!registered) throw new Error(`src/db/tables.ts does not know the table ${table}: add a line for it.`)
  return registered.entity
}
