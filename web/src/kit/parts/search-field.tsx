import { useEffect, useRef } from 'react'
import { useText } from '../../i18n/i18n.tsx'
import field from './field.module.css'
import { Icon } from './icon.tsx'
import { IconButton } from './icon-button.tsx'
import page from './page.module.css'
import { useTyped } from './use-typed.ts'

interface SearchFieldProps {
  readonly label: string
  readonly placeholder: string
  /** What is searched for now, as the address says. */
  readonly value: string
  onSearch(value: string): void
}

/** Searches as one types. `/` goes to it from anywhere. */
export function SearchField({ label, placeholder, value, onSearch }: SearchFieldProps) {
  const { common } = useText()
  const [typed, setTyped] = useTyped(value, onSearch)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return
      event.preventDefault()
      input.current?.focus()
      input.current?.select()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  return (
    <div className={`${field.field} ${page.search}`}>
      <span className={field.left}>
        <Icon name="search" size={16} />
      </span>
      <input
        ref={input}
        className={field.input}
        type="search"
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={placeholder}
        data-left=""
        data-right=""
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && typed !== '') {
            event.stopPropagation()
            setTyped('')
          }
        }}
      />
      {typed !== '' && (
        <span className={field.right}>
          <IconButton
            label={common.clear}
            onClick={() => {
              setTyped('')
              input.current?.focus()
            }}
          >
            <Icon name="close" size={14} />
          </IconButton>
        </span>
      )}
    </div>
  )
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName))
