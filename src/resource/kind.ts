import type { Static, TObject } from 'typebox'
import type { Reader } from '../db/reader.ts'
import type { Tx } from '../db/scope.ts'
import type { Entity } from '../db/tables.ts'
import type { CatalogueEntry } from '../http/catalogue-entry.ts'
import type { IfMatch } from '../http/conditional.ts'
import type { ListResource } from '../http/list.ts'
import type { ObjectKind } from '../http/object-kind.ts'
import type { NamedErrors, Refusals, Shown } from './refusals.ts'

/** The changes of one kind of object; each returns the row as it is afterwards. */
export interface Changes<C, U> {
  create(tx: Tx, input: C): Promise<Shown>
  update(tx: Tx, id: number, changes: U, ifMatch: IfMatch | undefined): Promise<Shown>
  delete(tx: Tx, id: number, ifMatch: IfMatch | undefined): Promise<Shown>
  restore(tx: Tx, id: number, ifMatch: IfMatch | undefined): Promise<Shown>
}

/** Further changes of objects identified by name, whose updates touch neither the name nor `enabled`. */
export interface NamedChanges {
  rename(tx: Tx, id: number, name: string, ifMatch: IfMatch | undefined): Promise<Shown>
  setEnabled(tx: Tx, id: number, enabled: boolean, ifMatch: IfMatch | undefined): Promise<Shown>
}

/** What an operation of one kind says beyond, or instead of, what it says for every kind. */
interface Special {
  readonly aliases?: readonly string[]
  readonly summary?: string
  readonly description?: string
  readonly example?: object
  /** Errors besides those that the operation has for every kind. */
  readonly errors?: readonly CatalogueEntry[]
}

/** One kind of object: everything that its operations are made from. */
export interface Kind<C extends TObject = TObject, U extends TObject = TObject> extends ObjectKind {
  /** What such objects are, for the reference. */
  readonly description: string
  readonly schemas: {
    readonly object: TObject
    readonly create: C
    readonly update: U
  }
  /** The query of its list. */
  readonly filter: TObject
  readonly list: Omit<ListResource, 'fields' | 'entity'>
  readonly errors: NamedErrors
  readonly store: Changes<Static<C>, Static<U>> & {
    readonly entity: Entity
    readonly refusals: Refusals
    get(reader: Reader, id: number): Promise<Shown>
    getAny(reader: Reader, id: number): Promise<Shown>
  }
  /** Changes made in place of the store's own, because they involve other kinds. */
  readonly instead?: Partial<Changes<Static<C>, Static<U>>>
  readonly special?: {
    readonly [O in 'list' | 'create' | 'update' | 'rename' | 'delete' | 'restore' | 'batch']?: Special
  }
}

export interface NamedKind<C extends TObject = TObject, U extends TObject = TObject> extends Kind<C, U> {
  readonly schemas: Kind<C, U>['schemas'] & { readonly rename: TObject }
  readonly store: Kind<C, U>['store'] & NamedChanges
  readonly instead?: Partial<Changes<Static<C>, Static<U>> & NamedChanges>
}

/** The changes of a kind: those of its store, or those made in place of them. */
export function changesOf<C extends TObject, U extends TObject>({
  store,
  instead = {},
}: Kind<C, U>): Changes<Static<C>, Static<U>> {
  return {
    create: (tx, input) => store.create(tx, input),
    update: (tx, id, changes, ifMatch) => store.update(tx, id, changes, ifMatch),
    delete: (tx, id, ifMatch) => store.delete(tx, id, ifMatch),
    restore: (tx, id, ifMatch) => store.restore(tx, id, ifMatch),
    ...instead,
  }
}

export function namedChangesOf<C extends TObject, U extends TObject>({
  store,
  instead = {},
}: NamedKind<C, U>): NamedChanges {
  return {
    rename: (tx, id, name, ifMatch) => store.rename(tx, id, name, ifMatch),
    setEnabled: (tx, id, enabled, ifMatch) => store.setEnabled(tx, id, enabled, ifMatch),
    ...instead,
  }
}
