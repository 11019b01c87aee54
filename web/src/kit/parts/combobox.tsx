import { type KeyboardEvent, type ReactNode, type Ref, useId, useRef, useState } from 'react'
import classes from './field.module.css'

interface ComboboxProps {
  readonly label: string
  /** The label is told, but stands nowhere. */
  readonly isLabelHidden?: boolean
  readonly value: string
  readonly error?: string | undefined
  readonly placeholder?: string
  readonly className?: string | undefined
  /** What stands at the end of the field. */
  readonly right?: ReactNode
  /** What is offered for what has been typed. */
  readonly options: readonly string[]
  readonly isOpen: boolean
  onOpen(isOpen: boolean): void
  onChange(value: string): void
}

/** A text field that offers what may be meant below it. Whatever is typed counts, offered or not. */
export function Combobox(props: ComboboxProps) {
  const { label, isLabelHidden, value, error, placeholder, className = '', right, options } = props
  const { isOpen, onOpen, onChange } = props
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(-1)
  const isShown = isOpen && options.length > 0

  const close = () => {
    onOpen(false)
    setActive(-1)
  }
  const choose = (option: string) => {
    onChange(option)
    close()
  }
  const move = (to: number) => {
    onOpen(true)
    setActive(to)
    list.current?.children[to]?.scrollIntoView({ block: 'nearest' })
  }
  /** What a key does to the list. */
  const stepOf = (key: string): (() => void) | undefined => {
    const chosen = options[active]
    if (key === 'ArrowDown') return () => move(active + 1 < options.length ? active + 1 : 0)
    if (key === 'ArrowUp') return () => move(active > 0 ? active - 1 : options.length - 1)
    if (key === 'Enter' && chosen !== undefined) return () => choose(chosen)
    return key === 'Escape' ? close : undefined
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = isShown || event.key.startsWith('Arrow') ? stepOf(event.key) : undefined
    if (!step) return
    event.preventDefault()
    event.stopPropagation()
    step()
  }
  return (
    <div className={className}>
      {!isLabelHidden && (
        <label htmlFor={id} className={classes.label}>
          {label}
        </label>
      )}
      <div className={classes.field}>
        <input
          id={id}
          role="combobox"
          className={classes.input}
          aria-label={isLabelHidden ? label : undefined}
          aria-autocomplete="list"
          aria-expanded={isShown}
          aria-controls={isShown ? `${id}-list` : undefined}
          aria-activedescendant={isShown && active >= 0 ? `${id}-${active}` : undefined}
          aria-invalid={error !== undefined}
          aria-describedby={error === undefined ? undefined : `${id}-fault`}
          autoComplete="off"
          placeholder={placeholder}
          value={value}
          data-right={right ? '' : undefined}
          // Esc is then meant for the list, not for the panel that the field is in.
          data-mantine-stop-propagation={isShown}
          onChange={({ currentTarget }) => {
            onChange(currentTarget.value)
            onOpen(true)
            setActive(-1)
          }}
          onFocus={() => onOpen(true)}
          onClick={() => onOpen(true)}
          onBlur={close}
          onKeyDown={onKeyDown}
        />
        {right && <span className={classes.right}>{right}</span>}
        {isShown && (
          <Options ref={list} id={id} label={label} options={options} active={active} onChoose={choose} />
        )}
      </div>
      {error !== undefined && (
        <p id={`${id}-fault`} className={classes.fault}>
          {error}
        </p>
      )}
    </div>
  )
}

interface OptionsProps {
  readonly ref: Ref<HTMLDivElement>
  readonly id: string
  readonly label: string
  readonly options: readonly string[]
  readonly active: number
  onChoose(option: string): void
}

/** The focus stays in the field: its keys go through the list. */
function Options({ ref, id, label, options, active, onChoose }: OptionsProps) {
  return (
    <div
      ref={ref}
      id={`${id}-list`}
      role="listbox"
      aria-label={label}
      className={classes.list}
      onMouseDown={(event) => event.preventDefault()}
    >
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
        // biome-ignore lint/a11y/useFocusableInteractive: the focus is the field's
        <div
          key={option}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          onClick={() => onChoose(option)}
        >
          {option}
        </div>
      ))}
    </div>
  )
}
