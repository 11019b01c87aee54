import classes from './controls.module.css'

interface ToggleProps {
  readonly label: string
  readonly on: boolean
  readonly tabIndex?: number
  onChange(on: boolean): void
}

/** A switch; light enough to be in every row. */
export function Toggle({ label, on, tabIndex, onChange }: ToggleProps) {
  return (
    <button
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
