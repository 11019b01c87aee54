import { useCallback } from 'react'
import { useText } from '../../i18n/i18n.tsx'
import type { Notice } from '../parts/toast.tsx'
import { useToast } from '../parts/toasts.tsx'
import { mayPass, useExplain } from '../problem.ts'
import { RequestKeys } from './request-keys.ts'
import { type Change, useWrite } from './use-write.ts'

/** A change that is made on the spot, without a form that would say what is wrong with it. */
interface Act<R> extends Omit<Change<R>, 'keys'> {
  /** What the reader is told when it is done; nothing where it shows by itself. */
  tell?(result: R): Notice
}

/** Makes a change and tells what it did, or why not and how to try again. Never rejects: undefined where it failed. */
export function useAct(): <R>(act: Act<R>) => Promise<R | undefined> {
  const write = useWrite()
  const toast = useToast()
  const explain = useExplain()
  const { failure, common } = useText()
  return useCallback(
    <R>({ tell, ...change }: Act<R>) => {
      const keys = new RequestKeys()
      const attempt = async (): Promise<R | undefined> => {
        try {
          const result = await write({ ...change, keys })
          if (tell) toast(tell(result))
          return result
        } catch (error) {
          toast({
            kind: 'failed',
            text: `${failure.notSaved}. ${explain(error)}`,
            ...(mayPass(error) && { action: { label: common.retry, run: () => void attempt() } }),
          })
          return undefined
        }
      }
      return attempt()
    },
    [write, toast, explain, failure, common],
  )
}
