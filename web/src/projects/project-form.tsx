import { useState } from 'react'
import { type Answer, type Project, TimeTrackError } from '../../../src/sdk/index.ts'
import { api } from '../api/api.ts'
import type { Text } from '../i18n/en.ts'
import { useFormat, useText } from '../i18n/i18n.tsx'
import { ConflictDialog } from '../kit/edit/conflict-dialog.tsx'
import { EditForm } from '../kit/edit/edit-form.tsx'
import { changedFields, type Faults } from '../kit/edit/fields.ts'
import { useSave } from '../kit/edit/use-save.ts'
import { useUnsaved } from '../kit/parts/side-panel.tsx'
import { useToast } from '../kit/parts/toasts.tsx'
import { faultsByField } from '../kit/problem.ts'
import { createOf, type Draft, draftOf, emptyDraft, updateOf } from './draft.ts'
import { fieldNames } from './field-names.ts'
import { useProjectChanges } from './project-changes.ts'
import { ProjectFields } from './project-fields.tsx'

interface ProjectFormProps {
  /** What is edited, and its tag; undefined for a new project. */
  readonly base?: Answer<Project>
  onClose(): void
}

/** Saves what was changed, if nobody else has changed the project since. */
export function ProjectForm({ base, onClose }: ProjectFormProps) {
  const text = useText()
  const format = useFormat()
  const toast = useToast()
  const { refresh } = useProjectChanges()
  const [start] = useState(() => (base ? draftOf(base.data, format) : emptyDraft))
  const [draft, setDraft] = useState(start)
  const id = base?.data.id ?? 0
  const saving = useSave<Draft, Project>({
    base,
    start,
    draftOf: (project) => draftOf(project, format),
    reload: () => api.projects.get(id),
    faultsOf: (error) => faultsOf(error, text),
    async send(from, to, ifMatch) {
      const answer = base
        ? await api.projects.update(id, updateOf(from, to, format), { ifMatch })
        : await api.projects.create(createOf(to, format))
      return answer.data
    },
    onSaved({ projectName }) {
      toast({ text: (base ? text.projects.wasSaved : text.projects.wasCreated)(projectName) })
      refresh()
      onClose()
    },
  })
  const { conflict, faults, isSaving } = saving
  useUnsaved(changedFields(start, draft).length > 0)
  return (
    <EditForm fault={faults['']} isSaving={isSaving} onSubmit={() => saving.save(draft)} onCancel={onClose}>
      <ProjectFields
        draft={draft}
        faults={faults}
        onChange={(part) => {
          setDraft({ ...draft, ...part })
          saving.forget(part)
        }}
      />
      {conflict && (
        <ConflictDialog
          hint={text.conflict.hint(conflict.data.projectName, format.relative(conflict.data.updatedAt))}
          base={start}
          mine={draft}
          theirs={draftOf(conflict.data, format)}
          names={fieldNames(text)}
          isSaving={isSaving}
          onCancel={saving.dropConflict}
          onChoose={(chosen) => saving.saveOver(conflict, chosen)}
          onTakeTheirs={() => {
            refresh()
            onClose()
          }}
        />
      )}
    </EditForm>
  )
}

const WRONG_TYPE = 10051
const DELETED = 13020

/** Of numbers and times we can say better than the API how people write them. */
function faultsOf(error: unknown, text: Text): Faults {
  const faults: Record<string, string> = { ...faultsByField(error, text) }
  if (!(error instanceof TimeTrackError)) return faults
  if (error.code === DELETED) return { '': text.conflict.gone }
  for (const { code, source } of error.errors) {
    const field = source?.pointer?.slice(1)
    if (code !== WRONG_TYPE || field === undefined) continue
    faults[field] = field === 'timeEstimated' ? text.errors.duration : text.errors.number
  }
  return faults
}
