import { fold } from '../domain/fold.ts'
import type { ObjectKind } from '../http/object-kind.ts'

type FieldType = 'text' | 'number' | 'boolean'

const typeOf = (schema: object): FieldType => {
  const types = 'type' in schema ? [schema.type].flat() : []
  if (types.includes('boolean')) return 'boolean'
  return types.includes('number') ? 'number' : 'text'
}

/** One kind of object as files hold it: a field in each column. */
export class FileKind {
  readonly kind: ObjectKind
  /** The fields that an import sets, and what each holds. */
  readonly fields: ReadonlyMap<string, FieldType>
  readonly required: readonly string[]
  /** The fields that tell objects of the kind apart. */
  readonly identity: readonly string[]
  /** The fields of an export, in its order. */
  readonly columns: readonly string[]
  /** A sentence that names the fields. */
  readonly known: string
  readonly #byLowerCase: ReadonlyMap<string, string>

  constructor(kind: ObjectKind) {
    const { create, object } = kind.schemas
    const { name, within } = kind.identity
    this.kind = kind
    this.fields = new Map(Object.entries(create.properties).map(([field, schema]) => [field, typeOf(schema)]))
    this.required = create.required ?? []
    this.identity = within === undefined ? [name] : [within, name]
    const all = Object.keys(object.properties)
    this.columns = all.filter((field) => field !== 'ID' && field !== 'deletedAt')
    this.known = `Known are ${[...this.fields.keys()].join(', ')}.`
    this.#byLowerCase = new Map(all.map((field) => [field.toLowerCase(), field]))
  }

  /** The field that a column name means, whatever its case; `ignored` for one that the server makes. */
  fieldNamed(column: string): { name: string; ignored: boolean } | undefined {
    const name = this.#byLowerCase.get(column.trim().toLowerCase())
    return name === undefined ? undefined : { name, ignored: !this.fields.has(name) }
  }

  /** The same text for the same object, as the server tells objects apart; names hold no line breaks. */
  identityOf(values: Readonly<Record<string, unknown>>): string {
    return this.identity.map((field) => fold(String(values[field]))).join('\n')
  }
}
