import type { KeptObject } from '../db/tables.ts'
import type { Answer } from './answer.ts'
import type { ErrorName } from './catalogue.ts'
import { type Refusal, refusal } from './errors.ts'
import { BASE_PATH } from './operation.ts'

/** What a reader is shown of a kept object. */
export type Shown = Pick<KeptObject, 'id' | 'version' | 'deleted_at' | 'wire'>

/** The refusals for one kind of object. */
export interface Refusals {
  /** No object has the id. */
  unknown(): Refusal
  /** The row, where there is one; in the trash or not. */
  refuseUnknown<T>(row: T | undefined): T
  /** The row, where there is one that is not deleted. */
  refuseDeleted<T extends Shown>(row: T | undefined): T
}

/** @param collection the collection's path under the base path, such as `/projects` */
export function refusalsFor(
  noun: string,
  collection: string,
  errors: { readonly unknown: ErrorName; readonly deleted: ErrorName },
): Refusals {
  const unknown = () => refusal(errors.unknown, `No ${noun} has this id. List them to find the right one.`)
  const refuseUnknown = <T>(row: T | undefined): T => {
    if (row === undefined) throw unknown()
    return row
  }
  return {
    unknown,
    refuseUnknown,
    refuseDeleted(found) {
      const row = refuseUnknown(found)
      if (row.deleted_at === null) return row
      const restore = `${BASE_PATH}${collection}/${row.id}/restore`
      throw refusal(
        errors.deleted,
        `This ${noun} was deleted at ${row.deleted_at}. POST ${restore} brings it back.`,
      )
    },
  }
}

/** An object as it is answered. */
export function answerObject({ wire, version }: Shown): Answer {
  return { status: 200, body: wire, etag: String(version) }
}

export function answerCreated({ wire, version, id }: Shown, collection: string): Answer {
  return { status: 201, body: wire, etag: String(version), headers: { location: `${collection}/${id}` } }
}
