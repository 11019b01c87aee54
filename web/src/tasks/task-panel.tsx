import type { Kinds } from '../kit/edit/draft.ts'
import { EditPanel, type PanelProps } from '../kit/edit/edit-panel.tsx'
import { NotesField, NumberField, SwitchField, TextField } from '../kit/edit/inputs.tsx'
import { tasks } from './task-resource.ts'
import { useTaskText } from './texts.ts'

const kinds = { name: 'name', enabled: 'switch', hourRate: 'number', notes: 'text' } as const satisfies Kinds

/** Creates a task, or changes one. */
export function TaskPanel(props: PanelProps) {
  const text = useTaskText()
  return (
    <EditPanel {...props} resource={tasks} kinds={kinds} text={text}>
      {(field) => (
        <>
          <TextField {...field('name')} isFirst />
          <SwitchField {...field('enabled')} />
          <NumberField {...field('hourRate')} />
          <NotesField {...field('notes')} />
        </>
      )}
    </EditPanel>
  )
}
