import { Textarea, TextInput } from '@mantine/core'
import { ToggleField } from '../parts/toggle-field.tsx'

/** What a form knows of one of its fields. */
export interface FieldProps<V> {
  readonly label: string
  readonly value: V
  readonly error: string | undefined
  onChange(value: V): void
}

interface TextFieldProps extends FieldProps<string> {
  readonly hint?: string
  /** It has the focus when the form is opened. */
  readonly isFirst?: boolean
  /** The keys that a phone offers. */
  readonly keys?: 'text' | 'decimal' | 'email' | 'tel'
}

export const TextField = ({ hint, isFirst, keys, onChange, ...field }: TextFieldProps) => (
  <TextInput
    {...field}
    description={hint}
    inputMode={keys}
    autoComplete="off"
    data-autofocus={isFirst || undefined}
    onChange={({ currentTarget }) => onChange(currentTarget.value)}
  />
)

export const NumberField = (field: TextFieldProps) => <TextField {...field} keys="decimal" />

export const NotesField = ({ onChange, ...field }: FieldProps<string>) => (
  <Textarea {...field} rows={5} onChange={({ currentTarget }) => onChange(currentTarget.value)} />
)

export const SwitchField = ({ label, value, onChange }: FieldProps<boolean>) => (
  <ToggleField label={label} on={value} onChange={onChange} />
)
