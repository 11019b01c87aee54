import type { Key, KeyWithSecret } from '../../../src/sdk/index.ts'
import { api } from '../api/api.ts'
import { useAct } from '../kit/write/use-act.ts'
import { useSettingsText } from './texts.ts'

/** What can be done to a key. Each tells what it did, or why not; none rejects. */
export function useKeyChanges() {
  const act = useAct()
  const settings = useSettingsText()
  const outOfDate = ['keys']
  return {
    renew: ({ id }: Key): Promise<KeyWithSecret | undefined> =>
      act({
        send: async (keys) => (await api.keys.renewSecret(id, { idempotencyKey: keys.keyOf(id) })).data,
        outOfDate,
      }),
    endGrace: ({ id }: Key) =>
      act({
        send: (keys) => api.keys.endGrace(id, { idempotencyKey: keys.keyOf(id) }),
        outOfDate,
        tell: () => ({ text: settings.graceEnded }),
      }),
    async revoke({ id, name }: Key): Promise<void> {
      await act({
        send: (keys) => api.keys.revoke(id, { idempotencyKey: keys.keyOf(id) }),
        outOfDate,
        tell: () => ({ text: settings.revoked(name) }),
      })
    },
  }
}
