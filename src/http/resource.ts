import type { TObject } from 'typebox'
import type { CatalogueEntry } from './catalogue-entry.ts'
import type { Operation } from './operation.ts'

/** What the API offers for one kind of thing: the reference, the SDK and the change feed follow from it. */
export interface Resource {
  /** The heading of its operations and its errors. */
  readonly tag: { readonly name: string; readonly description: string }
  readonly operations: readonly Operation[]
  readonly errors: Readonly<Record<string, CatalogueEntry>>
  /** For a resource in the change feed: the name of its objects there, and their schema. */
  readonly feed?: { readonly entity: string; readonly object: TObject }
}
