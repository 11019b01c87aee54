import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ComponentProps, useState } from 'react'
import { api } from '../api/api.ts'
import { Combobox } from '../kit/parts/combobox.tsx'

type ClientFieldProps = Omit<ComponentProps<typeof Combobox>, 'options' | 'isOpen' | 'onOpen'>

/** A client by its name: what is typed, with the names there are offered below. */
export function ClientField(props: ClientFieldProps) {
  const [isOpen, setOpen] = useState(false)
  const names = useNames(props.value, isOpen)
  return <Combobox {...props} options={names} isOpen={isOpen} onOpen={setOpen} />
}

/** The server filters them, by its own rules of what is the same letter. */
function useNames(typed: string, isOpen: boolean): readonly string[] {
  const { data = [] } = useQuery({
    queryKey: ['clients', 'names', typed],
    queryFn: async ({ signal }) => {
      const { data: clients } = await api.clients.list(
        { ...(typed && { name: typed }), sort: 'name', limit: 20, fields: 'name' },
        { signal },
      )
      return clients.map(({ name }) => name)
    },
    enabled: isOpen,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  return data
}
