import { createContext, type KeyboardEvent, useContext, useMemo, useRef } from 'react'
import type { Client } from '../../../src/sdk/index.ts'
import { useText } from '../i18n/i18n.tsx'
import { RowLink } from '../kit/list/row-link.tsx'
import type { Column } from '../kit/list/table-row.tsx'
import { useCellTab } from '../kit/list/table-row.tsx'
import type { ListWindow } from '../kit/list/use-list-window.ts'
import { VirtualTable } from '../kit/list/virtual-table.tsx'
import { EditIcon, TrashIcon } from '../kit/parts/icon.tsx'
import { IconButton } from '../kit/parts/icon-button.tsx'
import { Toggle } from '../kit/parts/toggle.tsx'
import { useForm } from '../kit/use-width.ts'
import { type ClientChanges, useClientChanges } from './client-changes.ts'
import classes from './client-table.module.css'
import type { ClientControl } from './client-view.ts'

interface RowActions extends Pick<ClientChanges, 'setEnabled' | 'remove'> {
  edit(client: Client): void
}

const Context = createContext<RowActions | undefined>(undefined)

const TRACKS = {
  wide: 'minmax(14rem, 4fr) minmax(10rem, 3fr) minmax(8rem, 2fr) minmax(8rem, 2fr) 5.5rem 5rem',
  medium: 'minmax(11rem, 3fr) minmax(9rem, 3fr) 5.5rem 5rem',
  card: 'minmax(0, 1fr) 5rem',
}

const SORTS = { name: 'name' }

interface ClientTableProps {
  readonly list: ListWindow<Client>
  readonly control: ClientControl
  onRange(first: number, last: number): void
}

export function ClientTable({ list, control: { view, change }, onRange }: ClientTableProps) {
  const { clients } = useText()
  const form = useForm()
  const changes = useClientChanges()
  // The cells of all rows hang on it: a search is no reason to draw them anew.
  const latest = useRef(change)
  latest.current = change
  const actions = useMemo(
    () => ({ ...changes, edit: ({ id }: Client) => latest.current({ panel: String(id) }) }),
    [changes],
  )
  const onRowKey = (client: Client, event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter' || event.key === 'e' || event.key === 'E') actions.edit(client)
    if (event.key === 'Delete') void actions.remove(client)
  }
  return (
    <Context value={actions}>
      <div className={classes.grid} data-form={form}>
        <VirtualTable
          label={clients.title}
          columns={columns}
          tracks={TRACKS[form]}
          list={list}
          narrow={form === 'card'}
          sorts={SORTS}
          sort={view.sort || 'name'}
          onSort={(sort) => change({ sort })}
          onRange={onRange}
          onRowKey={onRowKey}
        />
      </div>
    </Context>
  )
}

type Title = 'name' | 'email' | 'contact' | 'city'

const Head = ({ of }: { readonly of: Title }) => useText().clients[of]
const EnabledHead = () => useText().projects.enabled
const ActionsHead = () => <span className="hidden-visually">{useText().common.more}</span>

const columns: readonly Column<Client>[] = [
  {
    id: 'name',
    head: <Head of="name" />,
    cell: (row) => <NameCell client={row} />,
  },
  {
    id: 'email',
    head: <Head of="email" />,
    cell: (row) => <span className={classes.note}>{row.email}</span>,
  },
  {
    id: 'contact',
    head: <Head of="contact" />,
    cell: (row) => <span className={classes.note}>{row.contactPerson}</span>,
  },
  {
    id: 'city',
    head: <Head of="city" />,
    cell: (row) => <span className={classes.note}>{row.addressCity}</span>,
  },
  {
    id: 'enabled',
    head: <EnabledHead />,
    cell: (row) => <EnabledCell client={row} />,
  },
  {
    id: 'actions',
    head: <ActionsHead />,
    cell: (row) => <ActionsCell client={row} />,
  },
]

/** Leads to the client's projects: that is what one looks a client up for. */
function NameCell({ client: { name, enabled } }: { readonly client: Client }) {
  const { clients } = useText()
  return (
    <RowLink
      path={`/projects?client=${encodeURIComponent(name)}`}
      tabIndex={useCellTab()}
      title={clients.projectsOf(name)}
      className={classes.name}
      isOff={!enabled}
    >
      {name}
    </RowLink>
  )
}

function EnabledCell({ client }: { readonly client: Client }) {
  const { projects } = useText()
  const actions = useContext(Context)
  return (
    <Toggle
      label={projects.enabledOf(client.name)}
      on={client.enabled}
      tabIndex={useCellTab()}
      onChange={(on) => void actions?.setEnabled(client, on)}
    />
  )
}

function ActionsCell({ client }: { readonly client: Client }) {
  const { projects } = useText()
  const actions = useContext(Context)
  const tab = useCellTab()
  return (
    <span className={classes.actions}>
      <IconButton label={projects.editOf(client.name)} tabIndex={tab} onClick={() => actions?.edit(client)}>
        <EditIcon />
      </IconButton>
      <IconButton
        label={projects.deleteOf(client.name)}
        tabIndex={tab}
        onClick={() => void actions?.remove(client)}
      >
        <TrashIcon />
      </IconButton>
    </span>
  )
}
