import { createContext, useContext, useMemo } from 'react'
import { useText } from '../../i18n/i18n.tsx'
import { type AnyResource, nameOf, outOfDate, type Row, setEnabled } from '../resource.ts'
import { showFields, showGone } from '../write/show.ts'
import { useAct } from '../write/use-act.ts'

/** What can be done to an object from where it is shown. Each tells what it did, or why not. */
export interface RowActions {
  setEnabled(row: Row, enabled: boolean): void
  remove(row: Row): void
  /** The id is enough: of what is deleted nothing else may be known. */
  restore(row: Pick<Row, 'id'>): void
}

export function useRowActions(resource: AnyResource): RowActions {
  const act = useAct()
  const { list, common } = useText()
  return useMemo(() => {
    const { name, api, fields } = resource
    const stale = outOfDate(resource)
    const restore = ({ id }: Pick<Row, 'id'>) =>
      void act({
        send: (keys) => api.restore(id, { idempotencyKey: keys.keyOf(id) }),
        show: showGone(name, id),
        outOfDate: stale,
        tell: ({ data }) => ({ text: list.wasRestored(nameOf(resource, data)) }),
      })
    return {
      restore,
      setEnabled: (row, enabled) =>
        void act({
          send: (keys) => setEnabled(resource, row.id, enabled, { idempotencyKey: keys.keyOf(row.id) }),
          show: showFields(name, row.id, { [fields.enabled]: enabled }),
          outOfDate: stale,
          tell: () => ({ text: (enabled ? list.wasEnabled : list.wasDisabled)(nameOf(resource, row)) }),
        }),
      remove: (row) =>
        void act({
          send: (keys) => api.delete(row.id, { idempotencyKey: keys.keyOf(row.id) }),
          show: showGone(name, row.id),
          outOfDate: stale,
          tell: () => ({
            text: list.wasDeleted(nameOf(resource, row)),
            action: { label: common.undo, run: () => restore(row) },
          }),
        }),
    }
  }, [resource, act, list, common])
}

/** What the cells of a list do to their rows. */
export interface ListActions extends RowActions {
  edit(row: Row): void
}

const Context = createContext<ListActions | undefined>(undefined)
export const ListActionsProvider = Context

export function useListActions(): ListActions {
  const actions = useContext(Context)
  if (!actions) throw new Error('useListActions needs a ListActionsProvider')
  return actions
}
