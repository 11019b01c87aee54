import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { SidePanel } from '../parts/side-panel.tsx'
import { ErrorState, Lines } from '../parts/states.tsx'

interface EditPanelProps<T> {
  /** `new`, or the id of the object to edit. */
  readonly panel: string
  readonly titles: { readonly new: string; readonly edit: string }
  /** The name under which the object is remembered. */
  readonly name: string
  load(id: number, options: { signal: AbortSignal }): Promise<T>
  /** The form, for what was loaded or, without it, for a new object. */
  form(base?: T): ReactNode
  onClose(): void
}

/** The side panel in which an object is made or changed. */
export function EditPanel<T>({ titles, onClose, ...edited }: EditPanelProps<T>) {
  const isNew = edited.panel === 'new'
  return (
    <SidePanel title={isNew ? titles.new : titles.edit} onClose={onClose}>
      {isNew ? edited.form() : <LoadedForm {...edited} />}
    </SidePanel>
  )
}

/** What is edited is the newest version, not what a list may have remembered. */
function LoadedForm<T>({
  panel,
  name,
  load,
  form,
}: Pick<EditPanelProps<T>, 'panel' | 'name' | 'load' | 'form'>) {
  const id = Number(panel)
  const { data, error, refetch } = useQuery({
    queryKey: [name, id, 'edited'],
    queryFn: ({ signal }) => load(id, { signal }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Lines count={8} />
  return form(data)
}
