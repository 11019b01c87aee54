import type { ReactNode } from 'react'
import type { Answer } from '../../../../src/sdk/index.ts'
import { useFormat, useText } from '../../i18n/i18n.tsx'
import { useToast } from '../parts/toasts.tsx'
import { nameOf, type Resource, type Row } from '../resource.ts'
import { ConflictDialog } from './conflict-dialog.tsx'
import type { Draft, Kinds } from './draft.ts'
import { EditForm } from './edit-form.tsx'
import type { FieldProps } from './inputs.tsx'
import { usePanel, useUnsaved } from './side-panel.tsx'
import { useEdit } from './use-edit.ts'

/** What a field of the form is given, by its name. */
type FieldOf<K extends Kinds> = <N extends keyof K & string>(name: N) => FieldProps<Draft<K>[N]>

export interface ObjectFormProps<T extends Row, K extends Kinds> {
  readonly resource: Resource<T, string>
  readonly kinds: K
  readonly names: Readonly<Record<keyof K & string, string>>
  readonly conflictTitle: string
  /** What is edited, and its tag; undefined for a new object. */
  readonly base: Answer<T> | undefined
  readonly children: (field: FieldOf<K>) => ReactNode
}

/** Makes an object, or saves what was changed of one, if nobody else has changed it since. */
export function ObjectForm<T extends Row, K extends Kinds>(props: ObjectFormProps<T, K>) {
  const { resource, kinds, names, conflictTitle, base, children } = props
  const { list, conflict: texts } = useText()
  const format = useFormat()
  const toast = useToast()
  const panel = usePanel()
  const edit = useEdit({
    resource,
    kinds,
    names,
    base,
    onSaved(object) {
      toast({ text: (base ? list.wasSaved : list.wasCreated)(nameOf(resource, object)) })
      panel.leave()
    },
  })
  const { draft, faults, conflict, isSaving } = edit
  useUnsaved(edit.isChanged)
  const field: FieldOf<K> = (name) => ({
    label: names[name],
    value: draft[name],
    error: faults[name],
    onChange: (value) => edit.change(name, value),
  })
  return (
    <EditForm fault={faults['']} isSaving={isSaving} onSubmit={edit.save} onCancel={panel.close}>
      {children(field)}
      {conflict && (
        <ConflictDialog<Draft<K>>
          title={conflictTitle}
          hint={texts.hint(nameOf(resource, conflict.object), format.relative(conflict.object.updatedAt))}
          base={edit.start}
          mine={draft}
          theirs={conflict.draft}
          names={names}
          isSaving={isSaving}
          onCancel={edit.dropConflict}
          onChoose={edit.saveOver}
          onTakeTheirs={panel.leave}
        />
      )}
    </EditForm>
  )
}
