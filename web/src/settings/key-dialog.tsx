import { Modal, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Key, KeyWithSecret } from '../../../src/sdk/index.ts'
import { api } from '../api/api.ts'
import { useText } from '../i18n/i18n.tsx'
import type { Faults } from '../kit/edit/draft.ts'
import { EditForm } from '../kit/edit/edit-form.tsx'
import { useFocusBack } from '../kit/parts/use-focus-back.ts'
import { useFaults } from '../kit/problem.ts'
import { RequestKeys } from '../kit/write/request-keys.ts'
import { useWrite } from '../kit/write/use-write.ts'
import { useSettingsText } from './texts.ts'

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
  const { common } = useText()
  const settings = useSettingsText()
  const faultsOf = useFaults()
  const write = useWrite()
  const [keys] = useState(() => new RequestKeys())
  useFocusBack()
  const [name, setName] = useState(apiKey?.name ?? '')
  const [access, setAccess] = useState<Key['access']>(apiKey?.access ?? 'write')
  const [day, setDay] = useState(apiKey?.expiresAt ? dayOf(apiKey.expiresAt) : '')
  const [faults, setFaults] = useState<Faults>({})
  const [isSaving, setSaving] = useState(false)
  /** A key that is made comes with its secret, this once. */
  const send = async (): Promise<KeyWithSecret | undefined> => {
    const changed = { name, expiresAt: endOf(day) }
    const options = { idempotencyKey: keys.keyOf(changed, access) }
    if (!apiKey) return (await api.keys.create({ ...changed, access }, options)).data
    await api.keys.update(apiKey.id, changed, options)
    return undefined
  }
  const save = async () => {
    setSaving(true)
    setFaults({})
    try {
      const made = await write({ keys, outOfDate: ['keys'], send })
      if (made) onSecret(made)
      onClose()
    } catch (error) {
      setFaults(faultsOf(error))
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
