import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { useText } from '../../i18n/i18n.tsx'
import { Button } from '../parts/button.tsx'
import classes from './form.module.css'

interface EditFormProps {
  readonly children: ReactNode
  /** What is wrong with no field in particular. */
  readonly fault: string | undefined
  readonly isSaving: boolean
  readonly submitLabel?: string
  onSubmit(): void
  onCancel(): void
}

/** A form in a panel or dialog. The server says what is wrong with it, not the browser. */
export function EditForm({ children, fault, isSaving, submitLabel, onSubmit, onCancel }: EditFormProps) {
  const { common } = useText()
  const form = useRef<HTMLFormElement>(null)
  // The panel looked for it when it opened, which may have been before the form was there.
  useEffect(() => form.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus(), [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // A form in a portal is still inside the form around it.
    event.stopPropagation()
    onSubmit()
  }
  return (
    <form ref={form} className={classes.form} onSubmit={submit} noValidate>
      {children}
      {fault && (
        <p className={classes.fault} role="alert">
          {fault}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit" loading={isSaving}>
          {submitLabel ?? common.save}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {common.cancel}
        </Button>
      </div>
    </form>
  )
}
