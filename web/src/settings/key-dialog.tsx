import { Modal, NativeSelect, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Key, KeyWithSecret } from '../../../src/sdk/index.ts'
import { api } from '../api/api.ts'
import { useText } from '../i18n/i18n.tsx'
import { EditForm } from '../kit/edit/edit-form.tsx'
import type { Faults } from '../kit/edit/fields.ts'
import { useFocusBack } from '../kit/parts/use-focus-back.ts'
import { faultsByField } from '../kit/problem.ts'

interface KeyDialogProps {
  /** Undefined for a new one. */
  readonly apiKey: Key | undefined
  onClose(): void
  onSecret(shown: KeyWithSecret): void
}

/** A day in the calendar of who looks at it. */
const dayOf = (iso: string): string => {
  const date = new Date(iso)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** The end of that day. */
const endOf = (day: string): string | null => (day === '' ? null : new Date(`${day}T23:59:59`).toISOString())

/** Makes a key, or changes its name and end. */
export function KeyDialog({ apiKey, onClose, onSecret }: KeyDialogProps) {
  const text = useText()
  const { settings, common } = text
  const queries = useQueryClient()
  useFocusBack()
  const [name, setName] = useState(apiKey?.name ?? '')
  const [access, setAccess] = useState<Key['access']>(apiKey?.access ?? 'write')
  const [day, setDay] = useState(apiKey?.expiresAt ? dayOf(apiKey.expiresAt) : '')
  const [faults, setFaults] = useState<Faults>({})
  const [isSaving, setSaving] = useState(false)
  const save = async () => {
    setSaving(true)
    setFaults({})
    try {
      if (apiKey) await api.keys.update(apiKey.id, { name, expiresAt: endOf(day) })
      else onSecret((await api.keys.create({ name, access, expiresAt: endOf(day) })).data)
      void queries.invalidateQueries({ queryKey: ['keys'] })
      onClose()
    } catch (error) {
      setFaults(faultsByField(error, text))
      setSaving(false)
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={apiKey ? settings.rename : settings.newKeyTitle}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <EditForm
        fault={faults['']}
        isSaving={isSaving}
        submitLabel={apiKey ? common.save : settings.create}
        onSubmit={() => void save()}
        onCancel={onClose}
      >
        <TextInput
          data-autofocus
          label={settings.keyName}
          description={settings.keyNameHint}
          autoComplete="off"
          value={name}
          error={faults.name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        {!apiKey && (
          <NativeSelect
            label={settings.access}
            value={access}
            onChange={({ currentTarget }) => setAccess(currentTarget.value as Key['access'])}
            data={[
              { value: 'write', label: settings.write },
              { value: 'read', label: settings.read },
            ]}
          />
        )}
        <TextInput
          type="date"
          label={settings.expires}
          description={settings.expiresHint}
          value={day}
          error={faults.expiresAt}
          onChange={({ currentTarget }) => setDay(currentTarget.value)}
        />
      </EditForm>
    </Modal>
  )
}
