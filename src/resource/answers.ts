import type { Answer } from '../http/answer.ts'
import type { Shown } from './refusals.ts'

/** The answer that shows an object. */
export function answerObject({ wire, version }: Shown): Answer {
  return { status: 200, body: wire, etag: String(version) }
}

/** The answer to a create, which also says where the new object is. @param collection the path of its collection */
export function answerCreated({ wire, version, id }: Shown, collection: string): Answer {
  return { status: 201, body: wire, etag: String(version), headers: { location: `${collection}/${id}` } }
}
