import { useId } from 'react'
import classes from './controls.module.css'
import { Toggle } from './toggle.tsx'

interface ToggleFieldProps {
  readonly label: string
  readonly on: boolean
  onChange(on: boolean): void
}

/** A switch in a form, with its name beside it. */
export function ToggleField({ label, on, onChange }: ToggleFieldProps) {
  const id = useId()
  return (
    <div className={classes.field}>
      <Toggle id={id} label={label} on={on} onChange={onChange} />
      <label htmlFor={id}>{label}</label>
    </div>
  )
}
