import type { Client, ClientUpdate } from '../../../src/sdk/index.ts'
import { changedFields } from '../kit/edit/fields.ts'

/** A client as it stands in a form. */
export type ClientDraft = Readonly<Record<ClientTextField, string>> & { readonly enabled: boolean }

export const detailFields = [
  'contactPerson',
  'email',
  'phone',
  'address',
  'address2',
  'addressZipCode',
  'addressCity',
  'addressCountry',
] as const

export type ClientTextField = 'name' | 'notes' | (typeof detailFields)[number]

const textFields: readonly ClientTextField[] = ['name', ...detailFields, 'notes']

export function draftOf(client: Partial<Client>): ClientDraft {
  const texts = textFields.map((field) => [field, client[field] ?? ''])
  return {
    ...(Object.fromEntries(texts) as Record<ClientTextField, string>),
    enabled: client.enabled ?? true,
  }
}

/** What the API is sent of the fields that differ: an empty one is null. */
export function detailsOf(from: ClientDraft, to: ClientDraft): ClientUpdate {
  const changed = changedFields(from, to).filter((field) => field !== 'name' && field !== 'enabled')
  return Object.fromEntries(changed.map((field) => [field, to[field] || null]))
}
