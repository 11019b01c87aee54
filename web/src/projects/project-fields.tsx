import { Textarea, TextInput } from '@mantine/core'
import { useText } from '../i18n/i18n.tsx'
import type { Faults } from '../kit/edit/fields.ts'
import form from '../kit/edit/form.module.css'
import { ToggleField } from '../kit/parts/toggle-field.tsx'
import { ClientField } from './client-field.tsx'
import type { Draft } from './draft.ts'

interface ProjectFieldsProps {
  readonly draft: Draft
  readonly faults: Faults
  onChange(part: Partial<Draft>): void
}

/** The fields of a project, each with what the API has against it. */
export function ProjectFields({ draft, faults, onChange }: ProjectFieldsProps) {
  const { projects, common } = useText()
  const text = (field: Exclude<keyof Draft, 'projectEnabled'>) => ({
    value: draft[field],
    error: faults[field],
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      onChange({ [field]: currentTarget.value }),
  })
  return (
    <>
      <TextInput label={projects.name} data-autofocus autoComplete="off" {...text('projectName')} />
      <ClientField
        label={projects.client}
        value={draft.clientName}
        error={faults.clientName}
        onChange={(clientName) => onChange({ clientName })}
      />
      <ToggleField
        label={projects.enabled}
        on={draft.projectEnabled}
        onChange={(projectEnabled) => onChange({ projectEnabled })}
      />
      <div className={form.pair}>
        <TextInput
          label={projects.estimateLong}
          description={projects.hours}
          inputMode="text"
          autoComplete="off"
          {...text('timeEstimated')}
        />
        <TextInput
          label={projects.budgetLong}
          inputMode="decimal"
          autoComplete="off"
          {...text('budgetEstimated')}
        />
        <TextInput label={projects.rateLong} inputMode="decimal" autoComplete="off" {...text('hourRate')} />
      </div>
      <Textarea label={common.notes} rows={5} {...text('notes')} />
    </>
  )
}
