import { type ReactNode, Suspense, useCallback, useDeferredValue, useMemo, useState } from 'react'
import { Link } from 'wouter'
import type { Query } from '../../../../src/sdk/index.ts'
import { useFormat, useText } from '../../i18n/i18n.tsx'
import type { PanelProps } from '../edit/edit-panel.tsx'
import { Button } from '../parts/button.tsx'
import { Icon, type IconName } from '../parts/icon.tsx'
import { LazyPart, type PartCode } from '../parts/lazy-part.tsx'
import page from '../parts/page.module.css'
import { PageHead } from '../parts/page-head.tsx'
import type { Resource, ResourceText, Row } from '../resource.ts'
import { ListContent } from './list-content.tsx'
import { type ListLook, useColumns } from './list-table.tsx'
import { ListTools } from './list-tools.tsx'
import { useListWindow } from './use-list-window.ts'
import { useView, type ViewControl } from './use-view.ts'
import { queryOf } from './view.ts'

interface ListPageProps<T extends Row, F extends string> {
  readonly resource: Resource<T, F>
  readonly text: ResourceText
  readonly icon: IconName
  readonly look: ListLook<T>
  /** What makes and changes an object, beside the list. */
  readonly panel: PartCode<PanelProps>
  /** Filters of this list alone. */
  readonly filters?: (control: ViewControl<F>) => ReactNode
  /** What can be done with all that the list has found. */
  readonly actions?: (query: Query) => ReactNode
  /** Another way to begin, where there is nothing yet. */
  readonly start?: ReactNode
}

/** All objects of a kind: found, filtered, sorted, changed in place. */
export function ListPage<T extends Row, F extends string>(props: ListPageProps<T, F>) {
  const { resource, text, icon, look, panel, filters, actions, start } = props
  const { common } = useText()
  const format = useFormat()
  const control = useView(resource)
  const { view, change } = control
  const query = useMemo(() => queryOf(resource, view), [resource, view])
  const [range, setRange] = useState({ first: 0, last: 0 })
  const onRange = useCallback((first: number, last: number) => setRange({ first, last }), [])
  const found = useListWindow(resource, query, range)
  // Drawing rows gives way to typing.
  const list = useDeferredValue(found)
  const columns = useColumns(resource, look)
  const { total } = list
  return (
    <>
      <PageHead
        title={text.title}
        note={total !== undefined && (total === 1 ? text.countOne : text.count(format.number(total)))}
      >
        <Link href={`/${resource.name}/trash`} className={page.link ?? ''}>
          <Icon name="trash" size={16} />
          <span>{common.trash}</span>
        </Link>
        {actions?.(query)}
        <Button leftSection={<Icon name="plus" size={16} />} onClick={() => change({ panel: 'new' })}>
          {text.new}
        </Button>
      </PageHead>
      <ListTools
        label={text.search}
        q={view.q}
        enabled={view.enabled}
        sort={view.sort}
        firstSort={resource.firstSort}
        columns={columns}
        onChange={change}
      >
        {filters?.(control)}
      </ListTools>
      <ListContent
        resource={resource}
        text={text}
        icon={icon}
        pathOf={look.pathOf}
        columns={columns}
        list={list}
        control={control}
        start={start}
        onRange={onRange}
      />
      <Suspense>
        {view.panel !== '' && (
          <LazyPart
            key={view.panel}
            code={panel}
            props={{ panel: view.panel, onClose: control.closePanel }}
          />
        )}
      </Suspense>
    </>
  )
}
