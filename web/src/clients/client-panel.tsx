import { api } from '../api/api.ts'
import { useText } from '../i18n/i18n.tsx'
import { EditPanel } from '../kit/edit/edit-panel.tsx'
import { ClientForm } from './client-form.tsx'

interface ClientPanelProps {
  /** `new`, or the id of the client to edit. */
  readonly panel: string
  onClose(): void
}

/** Creates a client, or changes one. */
export function ClientPanel({ panel, onClose }: ClientPanelProps) {
  const { clients } = useText()
  return (
    <EditPanel
      panel={panel}
      titles={{ new: clients.new, edit: clients.editTitle }}
      name="client"
      load={(id, options) => api.clients.get(id, options)}
      form={(base) => <ClientForm {...(base && { base })} onClose={onClose} />}
      onClose={onClose}
    />
  )
}
