import { useSyncExternalStore } from 'react'

export type Form = 'card' | 'medium' | 'wide'

const narrow = matchMedia('(max-width: 45rem)')
const wide = matchMedia('(min-width: 78rem)')

function subscribe(onChange: () => void): () => void {
  narrow.addEventListener('change', onChange)
  wide.addEventListener('change', onChange)
  return () => {
    narrow.removeEventListener('change', onChange)
    wide.removeEventListener('change', onChange)
  }
}

/** How much room lists have: cards on a phone, fewer or all columns elsewhere. */
export const useForm = (): Form =>
  useSyncExternalStore(subscribe, () => (narrow.matches ? 'card' : wide.matches ? 'wide' : 'medium'))
