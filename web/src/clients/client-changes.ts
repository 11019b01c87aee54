import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Client } from '../../../src/sdk/index.ts'
import { api } from '../api/api.ts'
import { explain } from '../app/problem.ts'
import { useText } from '../i18n/i18n.tsx'
import { showRow } from '../list/changed-rows.ts'
import { useToast } from '../parts/toasts.tsx'

/** What can be done to a client from where it is listed. Each tells what it did; none rejects. */
export interface ClientChanges {
  setEnabled(client: Client, enabled: boolean): Promise<void>
  remove(client: Client): Promise<void>
  restore(client: Client): Promise<void>
  /** What is remembered about clients, and about projects that show their names, may be out of date. */
  refresh(): void
}

export function useClientChanges(): ClientChanges {
  const queries = useQueryClient()
  const toast = useToast()
  const text = useText()
  return useMemo(() => {
    const refresh = () => {
      for (const name of ['clients', 'client', 'projects', 'project'])
        void queries.invalidateQueries({ queryKey: [name] })
    }
    const attempt = async (work: () => Promise<void>) => {
      try {
        await work()
      } catch (error) {
        toast({ text: `${text.errors.saveFailed}. ${explain(error, text)}`, kind: 'failed' })
      }
      refresh()
    }
    const restore = (client: Client) =>
      attempt(async () => {
        const { data } = await api.clients.restore(client.id)
        toast({ text: text.projects.wasRestored(data.name) })
      })
    return {
      refresh,
      restore,
      setEnabled: (client, enabled) =>
        attempt(async () => {
          showRow<Client>(queries, 'clients', client.id, { enabled })
          await (enabled ? api.clients.enable(client.id) : api.clients.disable(client.id))
          const { wasEnabled, wasDisabled } = text.projects
          toast({ text: (enabled ? wasEnabled : wasDisabled)(client.name) })
        }),
      remove: (client) =>
        attempt(async () => {
          await api.clients.delete(client.id)
          toast({
            text: text.projects.wasDeleted(client.name),
            action: { label: text.common.undo, run: () => void restore(client) },
          })
        }),
    }
  }, [queries, toast, text])
}
