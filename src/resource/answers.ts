import type { Answer } from '../http/answer.ts'
import type { Shown } from './refusals.ts'

/** An object as it is answered. */
export function answerObject({ wire, version }: Shown): Answer {
  return { status: 200, body: wire, etag: String(version) }
}

/** A new object, and where it is. @param collection the path of its collection */
export function answerCreated({ wire, version, id }: Shown, collection: string): Answer {
  return { status: 201, body: wire, etag: String(version), headers: { location: `${collection}/${id}` } }
}
