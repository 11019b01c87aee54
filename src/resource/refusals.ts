import type { ObjectRow } from '../db/tables.ts'
import { capitalized, type Noun } from '../domain/noun.ts'
import { type CatalogueEntry, entry } from '../http/catalogue-entry.ts'
import { type Refusal, refusal } from '../http/errors.ts'
import { BASE_PATH } from '../http/operation.ts'

/** The columns of an object that an answer needs. */
export type Shown = Pick<ObjectRow, 'id' | 'version' | 'deleted_at' | 'wire'>

/** The errors that every kind of object has. */
export interface ObjectErrors {
  readonly notFound: CatalogueEntry
  readonly deleted: CatalogueEntry
}

/** The errors of objects identified by name. */
export interface NamedErrors extends ObjectErrors {
  readonly nameTaken: CatalogueEntry
}

interface Codes {
  readonly notFound: number
  readonly nameTaken: number
  /** Ends in 020, by the contract. */
  readonly deleted: number
}

/** The errors of a kind of object whose names are unique in an account. */
export function namedErrors({ one, many }: Noun, codes: Codes): NamedErrors {
  const title = capitalized(one)
  return {
    notFound: entry(
      codes.notFound,
      404,
      `${title} does not exist`,
      `No ${one} of the account has, or ever had, this id. List the ${many} to find it.`,
    ),
    nameTaken: entry(
      codes.nameTaken,
      409,
      `${title} name is taken`,
      `Another ${one} has this name (case does not count). Choose another, or use that ${one}.`,
    ),
    deleted: entry(
      codes.deleted,
      404,
      `${title} exists but it is deleted`,
      `Bring it back with POST /${many}/{id}/restore, or work with another one.`,
    ),
  }
}

/** The refusals common to every kind of object. */
export class Refusals {
  readonly #noun: Noun
  readonly #errors: ObjectErrors

  constructor(noun: Noun, errors: ObjectErrors) {
    this.#noun = noun
    this.#errors = errors
  }

  /** No object has the id. */
  unknown(): Refusal {
    return refusal(
      this.#errors.notFound,
      `No ${this.#noun.one} has this id. List the ${this.#noun.many} to find the right one.`,
    )
  }

  /** The row, deleted or not. Refused if there is none. */
  refuseUnknown<T>(row: T | undefined): T {
    if (row === undefined) throw this.unknown()
    return row
  }

  /** The row. Refused if there is none, or if it is deleted. */
  refuseDeleted<T extends Shown>(found: T | undefined): T {
    const row = this.refuseUnknown(found)
    if (row.deleted_at === null) return row
    const { one, many } = this.#noun
    throw refusal(
      this.#errors.deleted,
      `This ${one} was deleted at ${row.deleted_at}. POST ${BASE_PATH}/${many}/${row.id}/restore brings it back.`,
    )
  }
}
