import { useMemo } from 'react'
import type { Client } from '../../../src/sdk/index.ts'
import { textColumn } from '../kit/list/cells.tsx'
import { ListPage } from '../kit/list/list-page.tsx'
import type { ListLook } from '../kit/list/list-table.tsx'
import { PartCode } from '../kit/parts/lazy-part.tsx'
import { clients } from './client-resource.ts'
import { useClientText } from './texts.ts'

const clientPanel = new PartCode(async () => (await import('./client-panel.tsx')).ClientPanel)

/** All clients. A name leads to the client's projects: that is what one looks a client up for. */
export function ClientsPage() {
  const text = useClientText()
  const look = useMemo<ListLook<Client>>(
    () => ({
      pathOf: ({ name }) => `/projects?client=${encodeURIComponent(name)}`,
      titleOf: text.projectsOf,
      columns: [
        textColumn({
          id: 'email',
          head: text.fields.email,
          width: 'minmax(9rem, 3fr)',
          card: 'note',
          of: ({ email }) => email,
        }),
        textColumn({
          id: 'contact',
          head: text.fields.contactPerson,
          width: 'minmax(8rem, 2fr)',
          isExtra: true,
          of: ({ contactPerson }) => contactPerson,
        }),
        textColumn({
          id: 'city',
          head: text.fields.addressCity,
          width: 'minmax(8rem, 2fr)',
          isExtra: true,
          of: ({ addressCity }) => addressCity,
        }),
      ],
    }),
    [text],
  )
  return <ListPage resource={clients} text={text} icon="clients" look={look} panel={clientPanel} />
}
