import { Autocomplete, type AutocompleteProps } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/api.ts'

/** A client by its name: what is typed, with the names there are offered below. */
export function ClientField(props: Omit<AutocompleteProps, 'data'> & { readonly value: string }) {
  const { value } = props
  const [isOpen, setOpen] = useState(false)
  const { data = [] } = useQuery({
    queryKey: ['clients', 'names', value],
    queryFn: async ({ signal }) => {
      const { data: clients } = await api.clients.list(
        { ...(value && { name: value }), sort: 'name', limit: 20, fields: 'name' },
        { signal },
      )
      return clients.map(({ name }) => name)
    },
    enabled: isOpen,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  // The server has filtered them, by its own rules of what is the same letter.
  return (
    <Autocomplete
      {...props}
      data={data}
      filter={({ options }) => options}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
    />
  )
}
