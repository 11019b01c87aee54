import { createContext, useContext } from 'react'
import type { Project } from '../../../src/sdk/index.ts'
import type { Format } from '../i18n/format.ts'
import { useFormat, useText } from '../i18n/i18n.tsx'
import { RowLink } from '../kit/list/row-link.tsx'
import type { Column } from '../kit/list/table-row.tsx'
import { useCellTab } from '../kit/list/table-row.tsx'
import { EditIcon, TrashIcon } from '../kit/parts/icon.tsx'
import { IconButton } from '../kit/parts/icon-button.tsx'
import { Toggle } from '../kit/parts/toggle.tsx'
import type { ProjectChanges } from './project-changes.ts'
import classes from './project-table.module.css'

interface RowActions extends Pick<ProjectChanges, 'setEnabled' | 'remove'> {
  edit(project: Project): void
}

const Context = createContext<RowActions | undefined>(undefined)
export const RowActionsProvider = Context

type Title = 'name' | 'client' | 'estimate' | 'budget' | 'rate'

function Title({ of }: { readonly of: Title }) {
  return useText().projects[of]
}

/** A number, over the place where a bar of what is spent of it will be drawn. */
function Amount({
  value,
  write,
}: {
  readonly value: number | null
  readonly write: (format: Format, value: number) => string
}) {
  const format = useFormat()
  return (
    <span className={classes.amount} data-empty={value === null || undefined}>
      {value === null ? '–' : write(format, value)}
    </span>
  )
}

const UpdatedTitle = () => useText().common.updated
const EnabledTitle = () => useText().projects.enabled
const ActionsTitle = () => <span className="hidden-visually">{useText().common.more}</span>
const Updated = ({ at }: { readonly at: string }) => (
  <span className={classes.updated}>{useFormat().date(at)}</span>
)

export const projectColumns: readonly Column<Project>[] = [
  {
    id: 'name',
    head: <Title of="name" />,
    cell: (row) => <NameCell project={row} />,
  },
  {
    id: 'client',
    head: <Title of="client" />,
    cell: (row) => <span className={classes.client}>{row.clientName}</span>,
  },
  {
    id: 'time',
    head: <Title of="estimate" />,
    cell: (row) => (
      <Amount value={row.timeEstimated} write={(format, value) => `${format.duration(value)} h`} />
    ),
  },
  {
    id: 'budget',
    head: <Title of="budget" />,
    cell: (row) => <Amount value={row.budgetEstimated} write={(format, value) => format.money(value)} />,
  },
  {
    id: 'rate',
    head: <Title of="rate" />,
    cell: (row) => <Amount value={row.hourRate} write={(format, value) => format.money(value)} />,
  },
  {
    id: 'updated',
    head: <UpdatedTitle />,
    cell: (row) => <Updated at={row.updatedAt} />,
  },
  {
    id: 'enabled',
    head: <EnabledTitle />,
    cell: (row) => <EnabledCell project={row} />,
  },
  {
    id: 'actions',
    head: <ActionsTitle />,
    cell: (row) => <ActionsCell project={row} />,
  },
]

function NameCell({ project }: { readonly project: Project }) {
  const tab = useCellTab()
  return (
    <RowLink
      path={`/projects/${project.id}`}
      tabIndex={tab}
      className={classes.name}
      isOff={!project.projectEnabled}
    >
      {project.projectName}
    </RowLink>
  )
}

function EnabledCell({ project }: { readonly project: Project }) {
  const { projects } = useText()
  const actions = useContext(Context)
  return (
    <Toggle
      label={projects.enabledOf(project.projectName)}
      on={project.projectEnabled}
      tabIndex={useCellTab()}
      onChange={(on) => void actions?.setEnabled(project, on)}
    />
  )
}

function ActionsCell({ project }: { readonly project: Project }) {
  const { projects } = useText()
  const actions = useContext(Context)
  const tab = useCellTab()
  return (
    <span className={classes.actions}>
      <IconButton
        label={projects.editOf(project.projectName)}
        tabIndex={tab}
        onClick={() => actions?.edit(project)}
      >
        <EditIcon />
      </IconButton>
      <IconButton
        label={projects.deleteOf(project.projectName)}
        tabIndex={tab}
        onClick={() => void actions?.remove(project)}
      >
        <TrashIcon />
      </IconButton>
    </span>
  )
}
