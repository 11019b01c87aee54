import type { Static, TObject } from 'typebox'
import type { Reader } from '../db/reader.ts'
import type { Tx } from '../db/scope.ts'
import type { Entity } from '../db/tables.ts'
import type { CatalogueEntry } from '../http/catalogue-entry.ts'
import type { IfMatch } from '../http/conditional.ts'
import type { ListResource } from '../http/list.ts'
import type { Noun } from './noun.ts'
import type { NamedErrors, Refusals, Shown } from './refusals.ts'

/** The changes of one kind of object; each answers with the row as it is then. */
export interface Changes<C, U> {
  create(tx: Tx, input: C): Promise<Shown>
  update(tx: Tx, id: number, changes: U, ifMatch: IfMatch | undefined): Promise<Shown>
  delete(tx: Tx, id: number, ifMatch: IfMatch | undefined): Promise<Shown>
  restore(tx: Tx, id: number, ifMatch: IfMatch | undefined): Promise<Shown>
}

/** Those of objects that are known by their name, which an update leaves alone. */
export interface NamedChanges {
  rename(tx: Tx, id: number, name: string, ifMatch: IfMatch | undefined): Promise<Shown>
  setEnabled(tx: Tx, id: number, enabled: boolean, ifMatch: IfMatch | undefined): Promise<Shown>
}

/** What an operation says of itself beside what it says for every kind. */
interface Special {
  readonly summary?: string
  readonly description?: string
  readonly example?: object
  /** Errors beside those that every kind has there. */
  readonly errors?: readonly CatalogueEntry[]
}

/** One kind of object: all that its operations are made from. */
export interface Kind<C extends TObject = TObject, U extends TObject = TObject> {
  readonly noun: Noun
  /** What such objects are, for the reference. */
  readonly description: string
  readonly schemas: {
    readonly object: TObject
    readonly create: C
    readonly update: U
    readonly filter: TObject
  }
  readonly list: Omit<ListResource, 'fields' | 'entity'>
  readonly errors: NamedErrors
  readonly store: Changes<Static<C>, Static<U>> & {
    readonly entity: Entity
    readonly refusals: Refusals
    get(reader: Reader, id: number): Promise<Shown>
    getAny(reader: Reader, id: number): Promise<Shown>
  }
  /** Changes that do more than the store does, because of what other kinds have to do with them. */
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

/** The changes of a kind: those of its store, or what is done instead. */
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
