import type { CatalogueEntry } from './catalogue-entry.ts'
import type { ObjectKind } from './object-kind.ts'
import type { Operation } from './operation.ts'

/** What the API offers for one kind of thing: the reference, the SDK and the change feed follow from it. */
export interface Resource {
  /** The heading of its operations and its errors. */
  readonly tag: { readonly name: string; readonly description: string }
  readonly operations: readonly Operation[]
  readonly errors: Readonly<Record<string, CatalogueEntry>>
  /** Where it has objects that are created, changed, deleted and restored: they are in the change feed, and in files. */
  readonly objects?: ObjectKind & { readonly entity: string }
}
