import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, type Ref, useId, useRef, useState } from 'react'
import { api } from '../api/api.ts'
import field from '../kit/parts/field.module.css'

interface ClientFieldProps {
  readonly label: string
  /** The label is told, but stands nowhere. */
  readonly isLabelHidden?: boolean
  readonly value: string
  readonly error?: string | undefined
  readonly placeholder?: string
  readonly className?: string | undefined
  /** What stands at the end of the field. */
  readonly right?: ReactNode
  onChange(name: string): void
}

/** A client by its name: what is typed, with the names there are offered below. */
export function ClientField(props: ClientFieldProps) {
  const { label, isLabelHidden, value, error, placeholder, className = '', right, onChange } = props
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const names = useNames(value, isOpen)
  const isShown = isOpen && names.length > 0

  const close = () => {
    setOpen(false)
    setActive(-1)
  }
  const choose = (name: string) => {
    onChange(name)
    close()
  }
  const move = (to: number) => {
    setOpen(true)
    setActive(to)
    list.current?.children[to]?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = isShown || event.key.startsWith('Arrow') ? stepOf(event.key) : undefined
    if (!step) return
    event.preventDefault()
    event.stopPropagation()
    step()
  }
  /** What a key does to the list. */
  const stepOf = (key: string): (() => void) | undefined => {
    const chosen = names[active]
    if (key === 'ArrowDown') return () => move(active + 1 < names.length ? active + 1 : 0)
    if (key === 'ArrowUp') return () => move(active > 0 ? active - 1 : names.length - 1)
    if (key === 'Enter' && chosen !== undefined) return () => choose(chosen)
    return key === 'Escape' ? close : undefined
  }
  return (
    <div className={className}>
      {!isLabelHidden && (
        <label htmlFor={id} className={field.label}>
          {label}
        </label>
      )}
      <div className={field.field}>
        <input
          id={id}
          role="combobox"
          className={field.input}
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
            setOpen(true)
            setActive(-1)
          }}
          onFocus={() => setOpen(true)}
          onClick={() => setOpen(true)}
          onBlur={close}
          onKeyDown={onKeyDown}
        />
        {right && <span className={field.right}>{right}</span>}
        {isShown && (
          <Names ref={list} id={id} label={label} names={names} active={active} onChoose={choose} />
        )}
      </div>
      {error !== undefined && (
        <p id={`${id}-fault`} className={field.fault}>
          {error}
        </p>
      )}
    </div>
  )
}

interface NamesProps {
  readonly ref: Ref<HTMLDivElement>
  readonly id: string
  readonly label: string
  readonly names: readonly string[]
  readonly active: number
  onChoose(name: string): void
}

/** The focus stays in the field: its keys go through the list. */
function Names({ ref, id, label, names, active, onChoose }: NamesProps) {
  return (
    <div
      ref={ref}
      id={`${id}-list`}
      role="listbox"
      aria-label={label}
      className={field.list}
      onMouseDown={(event) => event.preventDefault()}
    >
      {names.map((name, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
        // biome-ignore lint/a11y/useFocusableInteractive: the focus is the field's
        <div
          key={name}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          onClick={() => onChoose(name)}
        >
          {name}
        </div>
      ))}
    </div>
  )
}

/** The server filters them, by its own rules of what is the same letter. */
function useNames(typed: string, isOpen: boolean): readonly string[] {
  const { data = [] } = useQuery({
    queryKey: ['clients', 'names', typed],
    queryFn: async ({ signal }) => {
      const { data: clients } = await api.clients.list(
        { ...(typed && { name: typed }), sort: 'name', limit: 20, fields: 'name' },
        { signal },
      )
      return clients.map(({ name }) => name)
    },
    enabled: isOpen,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  return data
}
