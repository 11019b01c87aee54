import { useQueryClient } from '@tanstack/react-query'
import type { Key, KeyWithSecret } from '../../../src/sdk/index.ts'
import { api } from '../api/api.ts'
import { useText } from '../i18n/i18n.tsx'
import { useToast } from '../kit/parts/toasts.tsx'
import { explain } from '../kit/problem.ts'

/** What can be done to a key. Each tells what it did, or why not; none rejects. */
export function useKeyChanges() {
  const queries = useQueryClient()
  const toast = useToast()
  const text = useText()
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work()
    } catch (error) {
      toast({ text: `${text.settings.saveFailed}. ${explain(error, text)}`, kind: 'failed' })
      return undefined
    } finally {
      void queries.invalidateQueries({ queryKey: ['keys'] })
    }
  }
  return {
    renew: ({ id }: Key): Promise<KeyWithSecret | undefined> =>
      attempt(async () => (await api.keys.renewSecret(id)).data),
    endGrace: ({ id }: Key) =>
      attempt(async () => {
        await api.keys.endGrace(id)
        toast({ text: text.settings.graceEnded })
      }),
    async revoke({ id, name }: Key): Promise<void> {
      await attempt(async () => {
        await api.keys.revoke(id)
        toast({ text: text.settings.revoked(name) })
      })
    },
  }
}
