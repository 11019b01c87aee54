import classes from './controls.module.css'

interface ToggleProps {
  readonly id?: string
  readonly label: string
  readonly on: boolean
  readonly tabIndex?: number
  onChange(on: boolean): void
}

/** A switch; light enough to be in every row. */
export function Toggle({ id, label, on, tabIndex, onChange }: ToggleProps) {
  return (
    <button
      id={id}
      type="button"
      role="switch"
      aria-checked={on}
      aria-label={label}
      className={classes.toggle}
      tabIndex={tabIndex}
      onClick={() => onChange(!on)}
    >
      <span className={classes.knob} />
    </button>
  )
}
