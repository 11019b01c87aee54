import type { Answer, UpdateOptions } from '../../../../src/sdk/index.ts'
import type { Format } from '../../i18n/format.ts'
import { type Resource, type Row, rename, setEnabled } from '../resource.ts'
import type { RequestKeys } from '../write/request-keys.ts'
import { type AnyDraft, bodyOf, changedFields, type Draft, draftOf, type Kinds } from './draft.ts'

/** What the server has of an object, as far as its form knows. */
export interface Known<K extends Kinds> {
  readonly draft: Draft<K>
  readonly etag: string | undefined
}

interface Saved<T extends Row, K extends Kinds> {
  readonly resource: Pick<Resource<T>, 'api' | 'fields'>
  readonly kinds: K
  readonly format: Format
  readonly draft: Draft<K>
  readonly keys: RequestKeys
}

export async function createObject<T extends Row, K extends Kinds>(saved: Saved<T, K>): Promise<T> {
  const { resource, kinds, format, draft, keys } = saved
  const body = bodyOf(kinds, draft, changedFields(draftOf(kinds, undefined, format), draft), format)
  const { data } = await resource.api.create(body, { idempotencyKey: keys.keyOf(body) })
  return data
}

/**
 * Sends what differs from what is known, and no more. Where the API has operations of their own for name and state,
 * these follow, and the tag goes along from one to the next. `onStep` is told after each, so that where a later one is
 * refused, the next attempt goes on from there.
 */
export async function updateObject<T extends Row, K extends Kinds>(
  id: number,
  known: Known<K>,
  { resource, kinds, format, draft, keys }: Saved<T, K>,
  onStep: (known: Known<K>) => void,
): Promise<T> {
  const { api, fields } = resource
  let last: Answer<T> | undefined
  let { etag } = known
  const step = async (content: object, send: (options: UpdateOptions) => Promise<Answer<T>>) => {
    last = await send({ ifMatch: etag, idempotencyKey: keys.keyOf(content, etag ?? '') })
    etag = last.etag
    onStep({ draft: draftOf(kinds, last.data, format), etag })
  }
  const changed = new Set<string>(changedFields(known.draft, draft))
  const isRenamed = api.rename !== undefined && changed.delete(fields.name)
  const isSwitched = api.enable !== undefined && changed.delete(fields.enabled)
  if (changed.size > 0) {
    const body = bodyOf(kinds, draft, [...changed], format)
    await step(body, (options) => api.update(id, body, options))
  }
  const { [fields.name]: name, [fields.enabled]: enabled } = draft as AnyDraft
  if (isRenamed) await step({ name }, (options) => rename(resource, id, String(name), options))
  if (isSwitched) await step({ enabled }, (options) => setEnabled(resource, id, enabled === true, options))
  return (last ?? (await api.get(id))).data
}
