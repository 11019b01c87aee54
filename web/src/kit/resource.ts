import type {
  Answer,
  ChangeOptions,
  ListOptions,
  Page,
  Query,
  ReadOptions,
  UpdateOptions,
} from '../../../src/sdk/index.ts'

/** What all objects have that are listed, edited, deleted and restored. */
export interface Row {
  readonly id: number
  readonly updatedAt: string
  readonly deletedAt?: string
}

/** The part of the SDK that changes and reads one kind of object. */
interface ResourceApi<T> {
  list(query: Query, options: ListOptions): Promise<Page<T>>
  get(id: number, options?: ReadOptions): Promise<Answer<T>>
  create(body: object, options: ChangeOptions): Promise<Answer<T>>
  update(id: number, body: object, options: UpdateOptions): Promise<Answer<T>>
  /** Where the API has an operation of its own for the name, an update does not change it. */
  rename?(id: number, body: { name: string }, options: UpdateOptions): Promise<Answer<T>>
  /** Both are there or none; without them an update says whether the object is enabled. */
  enable?(id: number, options: UpdateOptions): Promise<Answer<T>>
  disable?(id: number, options: UpdateOptions): Promise<Answer<T>>
  delete(id: number, options: UpdateOptions): Promise<Answer<T>>
  restore(id: number, options: UpdateOptions): Promise<Answer<T>>
}

/** A kind of object, as far as what is done with one of its objects has to know it. */
export interface AnyResource {
  /** The path of its list, and the first part of the keys under which the browser remembers its objects. */
  readonly name: string
  readonly api: ResourceApi<Row>
  /** The fields that all kinds have, under the names that they have here. */
  readonly fields: { readonly name: string; readonly enabled: string }
  /** The other kinds that a change may touch as well, or that show its names. */
  readonly related: readonly string[]
}

/**
 * A kind of object: its list, panel and trash follow from this. Nothing in it needs React, since the first page of a
 * list is asked for before the app is there.
 *
 * @template F the filters that its list has besides search and state, as the address names them
 */
export interface Resource<T extends Row, F extends string = never> extends AnyResource {
  readonly api: ResourceApi<T>
  readonly fields: { readonly name: keyof T & string; readonly enabled: keyof T & string }
  /** The parameter by which its list is searched. */
  readonly search: string
  /** The parameter of each filter. */
  readonly filters: Readonly<Record<F, string>>
  readonly sorts: readonly string[]
  /** How its list is sorted until the reader says otherwise. */
  readonly firstSort: string
}

/** What the list, the panel and the trash of a kind of object say. */
export interface ResourceText {
  readonly title: string
  /** The button, and the title of the panel, that make one. */
  readonly new: string
  /** The title of the panel that changes one. */
  readonly edit: string
  readonly search: string
  readonly countOne: string
  readonly emptyTitle: string
  readonly emptyHint: string
  readonly noneFound: string
  readonly trashHint: string
  readonly fields: Readonly<Record<string, string>>
  count(count: string): string
}

const fieldOf = (object: Row, field: string): unknown => object[field as keyof Row]

export const nameOf = ({ fields }: AnyResource, object: Row): string => String(fieldOf(object, fields.name))

export const isEnabled = ({ fields }: AnyResource, object: Row): boolean =>
  fieldOf(object, fields.enabled) === true

/** What a change to one of its objects may make out of date. */
export const outOfDate = ({ name, related }: AnyResource): readonly string[] => [name, ...related]

/** Under what one object is remembered. */
export const objectKey = (name: string, id: number) => [name, 'one', id]

interface Changed<T> {
  readonly api: ResourceApi<T>
  readonly fields: { readonly name: string; readonly enabled: string }
}

export const rename = <T>({ api, fields }: Changed<T>, id: number, name: string, options: UpdateOptions) =>
  api.rename ? api.rename(id, { name }, options) : api.update(id, { [fields.name]: name }, options)

export function setEnabled<T>(
  { api, fields }: Changed<T>,
  id: number,
  enabled: boolean,
  options: UpdateOptions,
): Promise<Answer<T>> {
  if (!api.enable || !api.disable) return api.update(id, { [fields.enabled]: enabled }, options)
  return enabled ? api.enable(id, options) : api.disable(id, options)
}
