import { useId } from 'react'
import classes from './choice.module.css'

interface ChoiceProps<V extends string> {
  readonly label: string
  readonly value: V
  readonly options: readonly { readonly value: V; readonly label: string }[]
  readonly small?: boolean
  onChange(value: V): void
}

/** A few choices side by side, of which one holds: radio buttons, so the arrows go from one to the next. */
export function Choice<V extends string>({ label, value, options, small, onChange }: ChoiceProps<V>) {
  const name = useId()
  return (
    <div role="radiogroup" aria-label={label} className={classes.choice} data-small={small || undefined}>
      {options.map((option) => (
        <label key={option.value} className={classes.option}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  )
}
