import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useText } from '../../i18n/i18n.tsx'
import { showRow } from '../list/changed-rows.ts'
import { useToast } from '../parts/toasts.tsx'
import { explain } from '../problem.ts'

/** How one kind of object is changed. It stands outside of components, so that it stays the same. */
export interface Changed<T extends { readonly id: number }, N extends { readonly id: number }> {
  /** The name under which its lists are remembered. */
  readonly list: string
  /** The names under which is remembered what a change may make out of date. */
  readonly outOfDate: readonly string[]
  nameOf(named: N): string
  /** The part of a row that says whether it is enabled. */
  enabled(enabled: boolean): Partial<T>
  setEnabled(id: number, enabled: boolean): Promise<unknown>
  delete(id: number): Promise<unknown>
  restore(id: number): Promise<{ readonly data: N }>
}

/** What can be done to an object from where it is listed. Each tells what it did; none rejects. */
export interface RowChanges<T, N> {
  setEnabled(object: T, enabled: boolean): Promise<void>
  remove(object: T): Promise<void>
  restore(object: N): Promise<void>
  /** What is remembered may be out of date. */
  refresh(): void
}

/** @template N what is enough of an object to name it */
export function useRowChanges<T extends N, N extends { readonly id: number }>(
  changed: Changed<T, N>,
): RowChanges<T, N> {
  const queries = useQueryClient()
  const toast = useToast()
  const text = useText()
  return useMemo(() => {
    const refresh = () => {
      for (const name of changed.outOfDate) void queries.invalidateQueries({ queryKey: [name] })
    }
    const attempt = async (work: () => Promise<void>) => {
      try {
        await work()
      } catch (error) {
        toast({ text: `${text.errors.saveFailed}. ${explain(error, text)}`, kind: 'failed' })
      }
      refresh()
    }
    const restore = (object: N) =>
      attempt(async () => {
        const { data } = await changed.restore(object.id)
        toast({ text: text.projects.wasRestored(changed.nameOf(data)) })
      })
    return {
      refresh,
      restore,
      setEnabled: (object, enabled) =>
        attempt(async () => {
          showRow<T>(queries, changed.list, object.id, changed.enabled(enabled))
          await changed.setEnabled(object.id, enabled)
          const { wasEnabled, wasDisabled } = text.projects
          toast({ text: (enabled ? wasEnabled : wasDisabled)(changed.nameOf(object)) })
        }),
      remove: (object) =>
        attempt(async () => {
          await changed.delete(object.id)
          toast({
            text: text.projects.wasDeleted(changed.nameOf(object)),
            action: { label: text.common.undo, run: () => void restore(object) },
          })
        }),
    }
  }, [changed, queries, toast, text])
}
