import { useLocation } from 'wouter'
import { useToast } from '../kit/parts/toasts.tsx'
import { useExplain } from '../kit/problem.ts'
import { useSessionChange } from './session.tsx'

/** Ends the session and goes to the sign-in page, or says why that failed. */
export function useSignOut(): () => void {
  const { leave } = useSessionChange()
  const toast = useToast()
  const explain = useExplain()
  const [, go] = useLocation()
  return () => {
    leave(() => go('/sign-in')).catch((error: unknown) => toast({ text: explain(error), kind: 'failed' }))
  }
}
