import type { ObjectRow } from '../db/tables.ts'
import { type CatalogueEntry, entry } from '../http/catalogue-entry.ts'
import { type Refusal, refusal } from '../http/errors.ts'
import { BASE_PATH } from '../http/operation.ts'
import { capitalized, type Noun } from './noun.ts'

/** What a reader is shown of an object. */
export type Shown = Pick<ObjectRow, 'id' | 'version' | 'deleted_at' | 'wire'>

/** The errors that every kind of object has. */
export interface ObjectErrors {
  readonly notFound: CatalogueEntry
  readonly deleted: CatalogueEntry
}

/** The errors of objects that are known by their name. */
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

/** The refusals that every kind of object has. */
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
      `No ${this.#noun.one} has this id. List them to find the right one.`,
    )
  }

  /** The row, where there is one; in the trash or not. */
  refuseUnknown<T>(row: T | undefined): T {
    if (row === undefined) throw this.unknown()
    return row
  }

  /** The row, where there is one that is not deleted. */
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
