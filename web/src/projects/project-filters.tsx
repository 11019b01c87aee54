import { NativeSelect, SegmentedControl } from '@mantine/core'
import { useForm } from '../app/use-width.ts'
import { useText } from '../i18n/i18n.tsx'
import page from '../parts/page.module.css'
import { SearchField } from '../parts/search-field.tsx'
import { useTyped } from '../parts/use-typed.ts'
import { ClientField } from './client-field.tsx'
import { type ProjectView, projectSorts, type ViewControl } from './project-view.ts'

/** What narrows and orders the list. */
export function ProjectFilters({ control: { view, change } }: { readonly control: ViewControl }) {
  const { projects } = useText()
  const form = useForm()
  return (
    <search className={page.tools}>
      <SearchField
        label={projects.search}
        placeholder={projects.searchHint}
        value={view.q}
        onSearch={(q) => change({ q }, { typing: true })}
      />
      <ClientFilter value={view.client} onChange={(client) => change({ client }, { typing: true })} />
      <StatusChoice view={view} asSelect={form === 'card'} onChange={(enabled) => change({ enabled })} />
      {form === 'card' && <SortSelect sort={view.sort} onSort={(sort) => change({ sort })} />}
    </search>
  )
}

interface StatusChoiceProps {
  readonly view: ProjectView
  /** On a phone the three do not fit beside the other filters. */
  readonly asSelect: boolean
  onChange(enabled: ProjectView['enabled']): void
}

function StatusChoice({ view, asSelect, onChange }: StatusChoiceProps) {
  const { common } = useText()
  const props = {
    'aria-label': common.status,
    value: view.enabled,
    data: [
      { value: '', label: common.all },
      { value: 'true', label: common.enabled },
      { value: 'false', label: common.disabled },
    ],
  }
  const choose = (value: string) => onChange(value as ProjectView['enabled'])
  return asSelect ? (
    <NativeSelect {...props} onChange={({ currentTarget }) => choose(currentTarget.value)} />
  ) : (
    <SegmentedControl {...props} onChange={choose} />
  )
}

function ClientFilter({ value, onChange }: { readonly value: string; onChange(client: string): void }) {
  const { projects, common } = useText()
  const [typed, setTyped] = useTyped(value, onChange)
  return (
    <ClientField
      className={page.filter ?? ''}
      aria-label={projects.clientFilter}
      placeholder={projects.anyClient}
      value={typed}
      onChange={setTyped}
      clearable
      clearButtonProps={{ 'aria-label': common.clear }}
    />
  )
}

/** On a phone there are no column heads to press. */
function SortSelect({ sort, onSort }: { readonly sort: string; onSort(sort: string): void }) {
  const { projects, common } = useText()
  const names: Readonly<Record<(typeof projectSorts)[number], string>> = {
    projectName: projects.name,
    clientName: projects.client,
    timeEstimated: projects.estimate,
    budgetEstimated: projects.budget,
    hourRate: projects.rate,
    updatedAt: common.updated,
  }
  return (
    <NativeSelect
      className={page.order ?? ''}
      aria-label={common.sort}
      value={sort}
      onChange={({ currentTarget }) => onSort(currentTarget.value)}
      data={[
        { value: '', label: `${common.created} ↓` },
        ...projectSorts.flatMap((name) => [
          { value: name, label: `${names[name]} ↑` },
          { value: `-${name}`, label: `${names[name]} ↓` },
        ]),
      ]}
    />
  )
}
