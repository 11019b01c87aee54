import type { TObject } from 'typebox'
import type { CatalogueEntry } from './catalogue-entry.ts'
import type { Operation } from './operation.ts'

/** What the API has of one kind of thing: all that is known of it elsewhere follows from this. */
export interface Resource {
  /** The heading of its operations and its errors. */
  readonly tag: { readonly name: string; readonly description: string }
  readonly operations: readonly Operation[]
  readonly errors: Readonly<Record<string, CatalogueEntry>>
  /** Where its changes are in the change feed: what they are called there, and the object that they show. */
  readonly feed?: { readonly entity: string; readonly object: TObject }
}
