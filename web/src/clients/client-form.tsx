import { Textarea, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import type { Answer, Client } from '../../../src/sdk/index.ts'
import { api } from '../api/api.ts'
import type { Text } from '../i18n/en.ts'
import { useFormat, useText } from '../i18n/i18n.tsx'
import { ConflictDialog } from '../kit/edit/conflict-dialog.tsx'
import { EditForm } from '../kit/edit/edit-form.tsx'
import { changedFields } from '../kit/edit/fields.ts'
import form from '../kit/edit/form.module.css'
import { useSave } from '../kit/edit/use-save.ts'
import { useUnsaved } from '../kit/parts/side-panel.tsx'
import { useToast } from '../kit/parts/toasts.tsx'
import { ToggleField } from '../kit/parts/toggle-field.tsx'
import { faultsByField } from '../kit/problem.ts'
import { useClientChanges } from './client-changes.ts'
import { type ClientDraft, type ClientTextField, detailFields, draftOf } from './client-draft.ts'
import { createClient, type Known, updateClient } from './save-client.ts'

interface ClientFormProps {
  /** What is edited, and its tag; undefined for a new client. */
  readonly base?: Answer<Client>
  onClose(): void
}

const names = ({ clients, projects, common }: Text): Readonly<Record<keyof ClientDraft, string>> => ({
  name: clients.name,
  enabled: projects.enabled,
  contactPerson: clients.contact,
  email: clients.email,
  phone: clients.phone,
  address: clients.address,
  address2: clients.address2,
  addressZipCode: clients.zip,
  addressCity: clients.city,
  addressCountry: clients.country,
  notes: common.notes,
})

/** Saves what was changed, if nobody else has changed the client since. */
export function ClientForm({ base, onClose }: ClientFormProps) {
  const text = useText()
  const format = useFormat()
  const toast = useToast()
  const { refresh } = useClientChanges()
  const [start] = useState(() => draftOf(base?.data ?? {}))
  const [draft, setDraft] = useState(start)
  const id = base?.data.id ?? 0
  const reached = useRef<Known>(undefined)
  const saving = useSave<ClientDraft, Client>({
    base,
    start,
    draftOf,
    reload() {
      reached.current = undefined
      return api.clients.get(id)
    },
    faultsOf: (error) => faultsByField(error, text),
    send(from, to, etag) {
      if (!base) return createClient(to)
      const known = reached.current ?? { draft: from, etag }
      return updateClient(id, known, to, (step) => {
        reached.current = step
      })
    },
    onSaved({ name }) {
      toast({ text: (base ? text.projects.wasSaved : text.projects.wasCreated)(name) })
      refresh()
      onClose()
    },
  })
  const { conflict, faults, isSaving } = saving
  useUnsaved(changedFields(start, draft).length > 0)
  const change = (part: Partial<ClientDraft>) => {
    setDraft({ ...draft, ...part })
    saving.forget(part)
  }
  const field = (name: ClientTextField) => ({
    label: names(text)[name],
    value: draft[name],
    error: faults[name],
    autoComplete: 'off',
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      change({ [name]: currentTarget.value }),
  })
  return (
    <EditForm fault={faults['']} isSaving={isSaving} onSubmit={() => saving.save(draft)} onCancel={onClose}>
      <TextInput data-autofocus {...field('name')} />
      <ToggleField
        label={text.projects.enabled}
        on={draft.enabled}
        onChange={(enabled) => change({ enabled })}
      />
      <fieldset className={form.group}>
        <legend>{text.clients.details}</legend>
        {detailFields.map((name) => (
          <TextInput
            key={name}
            {...field(name)}
            {...(name === 'addressCountry' && { description: text.clients.countryHint })}
          />
        ))}
      </fieldset>
      <Textarea rows={4} {...field('notes')} />
      {conflict && (
        <ConflictDialog
          hint={text.conflict.hint(conflict.data.name, format.relative(conflict.data.updatedAt))}
          base={start}
          mine={draft}
          theirs={draftOf(conflict.data)}
          names={names(text)}
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
