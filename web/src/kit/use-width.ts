import { useSyncExternalStore } from 'react'

export type Width = 'narrow' | 'medium' | 'wide'

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

/** How much room there is: on a phone lists are cards, elsewhere they have fewer or all columns. */
export const useWidth = (): Width =>
  useSyncExternalStore(subscribe, () => (narrow.matches ? 'narrow' : wide.matches ? 'wide' : 'medium'))
