import { useText } from '../i18n/i18n.tsx'
import { Choice } from '../kit/parts/choice.tsx'
import { CloseIcon } from '../kit/parts/icon.tsx'
import { IconButton } from '../kit/parts/icon-button.tsx'
import page from '../kit/parts/page.module.css'
import { SearchField } from '../kit/parts/search-field.tsx'
import { Select } from '../kit/parts/select.tsx'
import { useTyped } from '../kit/parts/use-typed.ts'
import { useForm } from '../kit/use-width.ts'
import { ClientField } from './client-field.tsx'
import { type ProjectView, projectSorts } from './project-query.ts'
import type { ViewControl } from './project-view.ts'

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
    label: common.status,
    value: view.enabled,
    options: [
      { value: '', label: common.all },
      { value: 'true', label: common.enabled },
      { value: 'false', label: common.disabled },
    ],
    onChange: (value: string) => onChange(value as ProjectView['enabled']),
  }
  return asSelect ? <Select {...props} /> : <Choice {...props} />
}

function ClientFilter({ value, onChange }: { readonly value: string; onChange(client: string): void }) {
  const { projects, common } = useText()
  const [typed, setTyped] = useTyped(value, onChange)
  return (
    <ClientField
      className={page.filter}
      label={projects.clientFilter}
      isLabelHidden
      placeholder={projects.anyClient}
      value={typed}
      onChange={setTyped}
      right={
        typed !== '' && (
          <IconButton label={common.clear} onClick={() => setTyped('')}>
            <CloseIcon size={14} />
          </IconButton>
        )
      }
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
    <Select
      className={page.order}
      label={common.sort}
      value={sort}
      onChange={onSort}
      options={[
        { value: '', label: `${common.created} ↓` },
        ...projectSorts.flatMap((name) => [
          { value: name, label: `${names[name]} ↑` },
          { value: `-${name}`, label: `${names[name]} ↓` },
        ]),
      ]}
    />
  )
}
