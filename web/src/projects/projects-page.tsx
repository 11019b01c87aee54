import { useMemo } from 'react'
import type { Project } from '../../../src/sdk/index.ts'
import { useFormat, useText } from '../i18n/i18n.tsx'
import { numberColumn, textColumn } from '../kit/list/cells.tsx'
import { ListPage } from '../kit/list/list-page.tsx'
import type { ListLook } from '../kit/list/list-table.tsx'
import { ButtonLink } from '../kit/parts/button.tsx'
import { PartCode } from '../kit/parts/lazy-part.tsx'
import { ExportButton } from '../transfer/export-button.tsx'
import { ClientFilter } from './client-filter.tsx'
import { projects } from './project-resource.ts'
import { useProjectText } from './texts.ts'

const projectPanel = new PartCode(async () => (await import('./project-panel.tsx')).ProjectPanel)

/** All projects. */
export function ProjectsPage() {
  const text = useProjectText()
  return (
    <ListPage
      resource={projects}
      text={text}
      icon="projects"
      look={useLook()}
      panel={projectPanel}
      filters={({ view, change }) => (
        <ClientFilter value={view.client} onChange={(client) => change({ client }, { typing: true })} />
      )}
      actions={(query) => <ExportButton query={query} />}
      start={
        <ButtonLink variant="default" href="/import">
          {text.import}
        </ButtonLink>
      }
    />
  )
}

function useLook(): ListLook<Project> {
  const { fields, heads } = useProjectText()
  const { common } = useText()
  const format = useFormat()
  return useMemo(() => {
    const money = (value: number | null) => (value === null ? null : format.money(value))
    return {
      pathOf: ({ id }) => `/projects/${id}`,
      columns: [
        textColumn({
          id: 'client',
          head: fields.clientName,
          sort: 'clientName',
          width: 'minmax(8rem, 4fr)',
          card: 'note',
          of: ({ clientName }) => clientName,
        }),
        numberColumn({
          id: 'time',
          head: heads.timeEstimated,
          sort: 'timeEstimated',
          width: '7rem',
          card: 'number',
          of: ({ timeEstimated: time }) => (time === null ? null : `${format.duration(time)} h`),
        }),
        numberColumn({
          id: 'budget',
          head: heads.budgetEstimated,
          sort: 'budgetEstimated',
          width: '7.5rem',
          of: ({ budgetEstimated }) => money(budgetEstimated),
        }),
        numberColumn({
          id: 'rate',
          head: heads.hourRate,
          sort: 'hourRate',
          width: '7rem',
          isExtra: true,
          of: ({ hourRate }) => money(hourRate),
        }),
        textColumn({
          id: 'updated',
          head: common.updated,
          sort: 'updatedAt',
          width: '8rem',
          isExtra: true,
          of: ({ updatedAt }) => format.date(updatedAt),
        }),
      ],
    }
  }, [fields, heads, common, format])
}
