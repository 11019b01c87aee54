import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { isSignedIn, isSignedOut, untilSignedIn } from '../../api/session.ts'
import { RequestKeys } from './request-keys.ts'
import type { Show } from './show.ts'

/** One change to what the server has. */
export interface Change<R> {
  send(keys: RequestKeys): Promise<R>
  /** Those of an attempt before, where this is another try. */
  readonly keys?: RequestKeys
  readonly show?: Show
  /** The names under which is remembered what it may make out of date. */
  readonly outOfDate: readonly string[]
}

export type Write = <R>(change: Change<R>) => Promise<R>

/** What changes have made out of date since the last of them was done. */
const stale = new Set<string>()

/**
 * The one way of every change to the server. Changes are sent one after the other, in the order in which they were
 * made. What they show at once is taken back where they are refused. Where the session has ended, the change waits
 * until the reader has signed in again, and is then sent. Rejects with what the server has refused it with.
 */
export function useWrite(): Write {
  const queries = useQueryClient()
  const { mutateAsync } = useMutation<unknown, Error, Change<unknown>, (() => void) | undefined>({
    mutationKey: ['write'],
    scope: { id: 'write' },
    mutationFn: (change) => sendSignedIn(change, queries),
    async onMutate({ show, outOfDate }) {
      if (!show) return undefined
      // An answer that is still under way does not know of it.
      await Promise.all(outOfDate.map((name) => queries.cancelQueries({ queryKey: [name] })))
      return show(queries)
    },
    onError: (_error, _change, takeBack) => takeBack?.(),
    onSettled(_result, _error, { outOfDate }) {
      for (const name of outOfDate) stale.add(name)
      // The answer to one of several would show what those behind it change as unchanged.
      if (queries.isMutating({ mutationKey: ['write'] }) > 1) return
      for (const name of stale) void queries.invalidateQueries({ queryKey: [name] })
      stale.clear()
    },
  })
  return mutateAsync as Write
}

async function sendSignedIn<R>(
  { send, keys = new RequestKeys() }: Change<R>,
  queries: QueryClient,
): Promise<R> {
  for (;;)
    try {
      return await send(keys)
    } catch (error) {
      if (!isSignedOut(error) || (await isSignedIn(queries))) throw error
      await untilSignedIn()
    }
}
