import { ClientField } from '../clients/client-field.tsx'
import { EditPanel, type PanelProps } from '../kit/edit/edit-panel.tsx'
import form from '../kit/edit/form.module.css'
import { NotesField, NumberField, SwitchField, TextField } from '../kit/edit/inputs.tsx'
import { projectKinds, projects } from './project-resource.ts'
import { useProjectText } from './texts.ts'

/** Creates a project, or changes one. */
export function ProjectPanel(props: PanelProps) {
  const text = useProjectText()
  return (
    <EditPanel {...props} resource={projects} kinds={projectKinds} text={text}>
      {(field) => (
        <>
          <TextField {...field('projectName')} isFirst />
          <ClientField {...field('clientName')} />
          <SwitchField {...field('projectEnabled')} />
          <div className={form.pair}>
            <TextField {...field('timeEstimated')} hint={text.hours} keys="text" />
            <NumberField {...field('budgetEstimated')} />
            <NumberField {...field('hourRate')} />
          </div>
          <NotesField {...field('notes')} />
        </>
      )}
    </EditPanel>
  )
}
