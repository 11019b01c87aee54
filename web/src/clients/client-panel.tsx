import { useQuery } from '@tanstack/react-query'
import { api } from '../api/api.ts'
import { useText } from '../i18n/i18n.tsx'
import { SidePanel } from '../parts/side-panel.tsx'
import { ErrorState, Lines } from '../parts/states.tsx'
import { ClientForm } from './client-form.tsx'

interface ClientPanelProps {
  /** `new`, or the id of the client to edit. */
  readonly panel: string
  onClose(): void
}

/** Creates a client, or changes one. */
export function ClientPanel({ panel, onClose }: ClientPanelProps) {
  const { clients } = useText()
  const isNew = panel === 'new'
  return (
    <SidePanel title={isNew ? clients.new : clients.editTitle} onClose={onClose}>
      {isNew ? <ClientForm onClose={onClose} /> : <LoadedForm id={Number(panel)} onClose={onClose} />}
    </SidePanel>
  )
}

function LoadedForm({ id, onClose }: { readonly id: number; onClose(): void }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['client', id, 'edited'],
    queryFn: ({ signal }) => api.clients.get(id, { signal }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Lines count={8} />
  return <ClientForm base={data} onClose={onClose} />
}
