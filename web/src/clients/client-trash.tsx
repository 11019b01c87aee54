import type { Client } from '../../../src/sdk/index.ts'
import { TrashPage } from '../kit/list/trash-page.tsx'
import { clients } from './client-resource.ts'
import { useClientText } from './texts.ts'

const emailOf = ({ email }: Client) => email

/** Deleted clients. */
export function ClientTrash() {
  const text = useClientText()
  return <TrashPage resource={clients} text={text} note={{ head: text.fields.email, of: emailOf }} />
}
