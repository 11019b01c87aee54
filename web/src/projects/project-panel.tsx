import { useQuery } from '@tanstack/react-query'
import { api } from '../api/api.ts'
import { useText } from '../i18n/i18n.tsx'
import { SidePanel } from '../parts/side-panel.tsx'
import { ErrorState, Lines } from '../parts/states.tsx'
import { ProjectForm } from './project-form.tsx'

interface ProjectPanelProps {
  /** `new`, or the id of the project to edit. */
  readonly panel: string
  onClose(): void
}

/** Creates a project, or changes one. */
export function ProjectPanel({ panel, onClose }: ProjectPanelProps) {
  const { projects } = useText()
  const isNew = panel === 'new'
  return (
    <SidePanel title={isNew ? projects.new : projects.editTitle} onClose={onClose}>
      {isNew ? <ProjectForm onClose={onClose} /> : <LoadedForm id={Number(panel)} onClose={onClose} />}
    </SidePanel>
  )
}

/** What is edited is the newest version, not what a list may have remembered. */
function LoadedForm({ id, onClose }: { readonly id: number; onClose(): void }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['project', id, 'edited'],
    queryFn: ({ signal }) => api.projects.get(id, { signal }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Lines count={8} />
  return <ProjectForm base={data} onClose={onClose} />
}
