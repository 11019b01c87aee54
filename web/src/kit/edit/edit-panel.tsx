import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ErrorState, Lines } from '../parts/states.tsx'
import type { Row } from '../resource.ts'
import type { Kinds } from './draft.ts'
import { ObjectForm, type ObjectFormProps } from './object-form.tsx'
import { SidePanel } from './side-panel.tsx'

export interface PanelProps {
  /** `new`, or the id of the object to edit. */
  readonly panel: string
  onClose(): void
}

interface EditPanelProps<T extends Row, K extends Kinds>
  extends PanelProps,
    Omit<ObjectFormProps<T, K>, 'base' | 'names' | 'conflictTitle'> {
  readonly text: {
    readonly new: string
    readonly edit: string
    /** That somebody else has saved it since. */
    readonly conflict: string
    readonly fields: Readonly<Record<keyof K & string, string>>
  }
}

/** The side panel in which an object is made or changed. */
export function EditPanel<T extends Row, K extends Kinds>(props: EditPanelProps<T, K>) {
  const { panel, text, onClose, ...form } = props
  const isNew = panel === 'new'
  const all = { ...form, names: text.fields, conflictTitle: text.conflict }
  return (
    <SidePanel title={isNew ? text.new : text.edit} onClose={onClose}>
      {isNew ? <ObjectForm {...all} base={undefined} /> : <LoadedForm {...all} id={Number(panel)} />}
    </SidePanel>
  )
}

type LoadedFormProps<T extends Row, K extends Kinds> = Omit<ObjectFormProps<T, K>, 'base'> & {
  readonly id: number
}

/** What is edited is the newest version, not what a list may have remembered. */
function LoadedForm<T extends Row, K extends Kinds>({ id, ...form }: LoadedFormProps<T, K>) {
  const { name, api } = form.resource
  const { data, error, refetch } = useQuery({
    queryKey: [name, 'edited', id],
    queryFn: ({ signal }) => api.get(id, { signal }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  // What the editing began with stays until it ends, whatever is remembered or forgotten meanwhile.
  const [base, setBase] = useState(data)
  if (data && !base) setBase(data)
  if (base) return <ObjectForm {...form} base={base} />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  return <Lines count={8} />
}
