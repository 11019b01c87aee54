import classes from './field.module.css'
import { Icon } from './icon.tsx'

interface SelectProps {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly className?: string | undefined
  onChange(value: string): void
}

/** The browser's own list of choices. */
export function Select({ label, value, options, className = '', onChange }: SelectProps) {
  return (
    <div className={`${classes.field} ${className}`}>
      <select
        className={classes.input}
        aria-label={label}
        value={value}
        data-right=""
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <span className={classes.mark}>
        <Icon name="downUp" size={16} />
      </span>
    </div>
  )
}
