import type { Answer, Client, ClientCreate } from '../../../src/sdk/index.ts'
import { api } from '../api/api.ts'
import { type ClientDraft, detailsOf, draftOf } from './client-draft.ts'

export async function createClient(draft: ClientDraft): Promise<Client> {
  const { name, enabled } = draft
  const body = { enabled, ...detailsOf(draftOf({}), draft), ...(name !== '' && { name }) }
  const { data } = await api.clients.create(body as ClientCreate)
  return data
}

/** What the server has, as far as this form knows. */
export interface Known {
  readonly draft: ClientDraft
  readonly etag: string | undefined
}

/**
 * The API has an operation each for details, name and state; the tag goes along from one to the next. `onStep` is told
 * after each, so that where a later one is refused, the next attempt goes on from there.
 */
export async function updateClient(
  id: number,
  known: Known,
  to: ClientDraft,
  onStep: (known: Known) => void,
): Promise<Client> {
  let last: Answer<Client> | undefined
  let etag = known.etag
  const step = async (request: Promise<Answer<Client>>) => {
    last = await request
    etag = last.etag
    onStep({ draft: draftOf(last.data), etag })
  }
  const { draft: from } = known
  const details = detailsOf(from, to)
  if (Object.keys(details).length > 0) await step(api.clients.update(id, details, { ifMatch: etag }))
  if (from.name !== to.name) await step(api.clients.rename(id, { name: to.name }, { ifMatch: etag }))
  if (from.enabled !== to.enabled) {
    const options = { ifMatch: etag }
    await step(to.enabled ? api.clients.enable(id, options) : api.clients.disable(id, options))
  }
  return (last ?? (await api.clients.get(id))).data
}
