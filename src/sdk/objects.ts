import type {
  BodyOf,
  ChangeOptions,
  ListOptions,
  OperationId,
  QueryOf,
  ReadOptions,
  Transport,
  UpdateOptions,
} from './transport.ts'

type Op<O extends string> = Extract<O, OperationId>

/** One kind of object. @template One `Project`, as in `getProject` @template Many `Projects`, as in `listProjects` */
export class Objects<One extends string, Many extends string> {
  protected readonly transport: Transport
  protected readonly one: One
  readonly #many: Many

  constructor(transport: Transport, one: One, many: Many) {
    this.transport = transport
    this.one = one
    this.#many = many
  }

  /** One page. With `fields` in the query the objects have only those fields, whatever their type says. */
  list(query?: QueryOf<Op<`list${Many}`>>, options?: ListOptions) {
    return this.transport.page(`list${this.#many}` as Op<`list${Many}`>, { query, options })
  }

  /** The objects of every page, each page fetched when it is needed. */
  all(query?: QueryOf<Op<`list${Many}`>>, options?: ReadOptions) {
    return this.transport.all(`list${this.#many}` as Op<`list${Many}`>, query, options)
  }

  get(id: number, options?: ReadOptions) {
    return this.transport.answer(`get${this.one}` as Op<`get${One}`>, { id, options })
  }

  create(body: BodyOf<Op<`create${One}`>>, options?: ChangeOptions) {
    return this.transport.answer(`create${this.one}` as Op<`create${One}`>, { body, options })
  }

  /** Changes the fields that are sent. */
  update(id: number, body: BodyOf<Op<`update${One}`>>, options?: UpdateOptions) {
    return this.transport.answer(`update${this.one}` as Op<`update${One}`>, { id, body, options })
  }

  /** Puts it into the trash. */
  delete(id: number, options?: UpdateOptions) {
    return this.transport.answer(`delete${this.one}` as Op<`delete${One}`>, { id, options })
  }

  /** Takes it out of the trash. */
  restore(id: number, options?: UpdateOptions) {
    return this.transport.answer(`restore${this.one}` as Op<`restore${One}`>, { id, options })
  }

  /** Up to 1,000 changes; `atomic` decides whether a refused one stops the others. */
  batch(body: BodyOf<Op<`batch${Many}`>>, options?: ChangeOptions) {
    return this.transport.answer(`batch${this.#many}` as Op<`batch${Many}`>, { body, options })
  }

  /** A page of its changes, oldest first; available for deleted objects, too. */
  history(id: number, query?: QueryOf<Op<`list${One}History`>>, options?: ReadOptions) {
    return this.transport.page(`list${this.one}History` as Op<`list${One}History`>, { id, query, options })
  }
}

/** Objects identified by name: an update changes neither the name nor whether they are enabled. */
export class NamedObjects<One extends string, Many extends string> extends Objects<One, Many> {
  rename(id: number, body: BodyOf<Op<`rename${One}`>>, options?: UpdateOptions) {
    return this.transport.answer(`rename${this.one}` as Op<`rename${One}`>, { id, body, options })
  }

  enable(id: number, options?: UpdateOptions) {
    return this.transport.answer(`enable${this.one}` as Op<`enable${One}`>, { id, options })
  }

  disable(id: number, options?: UpdateOptions) {
    return this.transport.answer(`disable${this.one}` as Op<`disable${One}`>, { id, options })
  }
}
