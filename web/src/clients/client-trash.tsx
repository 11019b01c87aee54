import type { Client } from '../../../src/sdk/index.ts'
import { useText } from '../i18n/i18n.tsx'
import { TrashTable } from '../kit/list/trash-table.tsx'
import { useClientChanges } from './client-changes.ts'
import { clientSource } from './client-source.ts'

const rowOf = ({ name, email, deletedAt }: Client) => ({ name, note: email ?? '', deletedAt })

/** Deleted clients, and the way back. */
export function ClientTrash() {
  const { clients, app } = useText()
  const { restore } = useClientChanges()
  return (
    <TrashTable
      source={clientSource}
      back={{ path: '/clients', name: app.clients }}
      note={clients.email}
      empty={{ title: clients.trashEmpty, hint: clients.trashEmptyHint }}
      rowOf={rowOf}
      onRestore={restore}
    />
  )
}
