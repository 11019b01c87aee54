import { useMemo } from 'react'
import type { Task } from '../../../src/sdk/index.ts'
import { useFormat } from '../i18n/i18n.tsx'
import { numberColumn, textColumn } from '../kit/list/cells.tsx'
import { ListPage } from '../kit/list/list-page.tsx'
import type { ListLook } from '../kit/list/list-table.tsx'
import { PartCode } from '../kit/parts/lazy-part.tsx'
import { tasks } from './task-resource.ts'
import { useTaskText } from './texts.ts'

const taskPanel = new PartCode(async () => (await import('./task-panel.tsx')).TaskPanel)

/** All tasks: the kinds of work that there are. */
export function TasksPage() {
  const text = useTaskText()
  const format = useFormat()
  const look = useMemo<ListLook<Task>>(
    () => ({
      columns: [
        textColumn({
          id: 'notes',
          head: text.fields.notes,
          width: 'minmax(8rem, 5fr)',
          card: 'note',
          of: ({ notes }) => notes,
        }),
        numberColumn({
          id: 'rate',
          head: text.rate,
          sort: 'hourRate',
          width: '7rem',
          card: 'number',
          of: ({ hourRate }) => (hourRate === null ? null : format.money(hourRate)),
        }),
      ],
    }),
    [text, format],
  )
  return <ListPage resource={tasks} text={text} icon="tasks" look={look} panel={taskPanel} />
}
