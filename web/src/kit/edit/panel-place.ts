/** Marks a place in the browser's history that exists only because a panel was opened. */
export const openedHere = (state: object | null): object => ({ ...state, panel: true })

/** Takes that place back, so that the back button does not open the panel again; else goes where `leave` goes. */
export function closePanel(leave: () => void): void {
  if (history.state?.panel) history.back()
  else leave()
}

/** Asked when the reader goes back from a place; true keeps them there. */
type Guard = () => boolean

const guards = new Set<Guard>()

// Listens from before the router does, so that the router hears nothing of what is held back.
addEventListener('popstate', (event) => {
  if ([...guards].some((holds) => holds())) event.stopImmediatePropagation()
})

/** Guards the place that the reader is at; what it returns ends that. */
export function guardPlace(holds: Guard): () => void {
  const { href } = location
  const state: unknown = history.state
  const guard = () => {
    const isHeld = holds()
    if (isHeld) history.pushState(state, '', href)
    return isHeld
  }
  guards.add(guard)
  return () => guards.delete(guard)
}
