import type { ReactNode } from 'react'
import { useText } from '../../i18n/i18n.tsx'
import { Choice } from '../parts/choice.tsx'
import page from '../parts/page.module.css'
import { SearchField } from '../parts/search-field.tsx'
import { Select } from '../parts/select.tsx'
import { useWidth } from '../use-width.ts'
import type { Column } from './column.ts'

interface ListToolsProps {
  readonly label: string
  readonly q: string
  readonly enabled: string
  readonly sort: string
  /** How the list is sorted where `sort` is empty. */
  readonly firstSort: string
  readonly columns: readonly Omit<Column<never>, 'cell'>[]
  /** Filters of this list alone. */
  readonly children: ReactNode
  onChange(part: { q?: string; enabled?: string; sort?: string }, options?: { typing: boolean }): void
}

/** What narrows and orders a list. */
export function ListTools(props: ListToolsProps) {
  const { label, q, enabled, children, onChange } = props
  const { list } = useText()
  const isNarrow = useWidth() === 'narrow'
  return (
    <search className={page.tools}>
      <SearchField
        label={label}
        placeholder={list.searchHint}
        value={q}
        onSearch={(typed) => onChange({ q: typed }, { typing: true })}
      />
      {children}
      <StatusChoice value={enabled} asSelect={isNarrow} onChange={(value) => onChange({ enabled: value })} />
      {isNarrow && <SortSelect {...props} onSort={(sort) => onChange({ sort })} />}
    </search>
  )
}

interface StatusChoiceProps {
  readonly value: string
  /** On a phone the three do not fit beside the other filters. */
  readonly asSelect: boolean
  onChange(enabled: string): void
}

function StatusChoice({ asSelect, ...props }: StatusChoiceProps) {
  const { common } = useText()
  const options = [
    { value: '', label: common.all },
    { value: 'true', label: common.enabled },
    { value: 'false', label: common.disabled },
  ]
  const Field = asSelect ? Select : Choice
  return <Field label={common.status} options={options} {...props} />
}

interface SortSelectProps extends Pick<ListToolsProps, 'columns' | 'sort' | 'firstSort'> {
  onSort(sort: string): void
}

/** On a phone there are no column heads to press. */
function SortSelect({ columns, sort, firstSort, onSort }: SortSelectProps) {
  const { common } = useText()
  const options = columns.flatMap(({ head, sort: field }) =>
    field === undefined
      ? []
      : [
          { value: field, label: `${head} ↑` },
          { value: `-${field}`, label: `${head} ↓` },
        ],
  )
  // No column says when an object was made, by which lists are sorted that do not begin with names.
  if (!options.some(({ value }) => value === firstSort))
    options.unshift({ value: firstSort, label: `${common.created} ↓` })
  return (
    <Select
      className={page.order}
      label={common.sort}
      value={sort || firstSort}
      onChange={(value) => onSort(value === firstSort ? '' : value)}
      options={options}
    />
  )
}
