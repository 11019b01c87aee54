import type { TObject } from 'typebox'
import type { Noun } from '../domain/noun.ts'

/** One kind of object, as far as it can be told without a server. */
export interface ObjectKind {
  readonly noun: Noun
  readonly schemas: { readonly object: TObject; readonly create: TObject; readonly update: TObject }
  /** The field of its name, and that of the name of what it belongs to, where names are unique only there. */
  readonly identity: { readonly name: string; readonly within?: string }
}
