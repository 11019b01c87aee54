/** Marks a place in the browser's history that exists only because a panel was opened. */
export const openedHere = (state: object | null): object => ({ ...state, panel: true })

/** Takes that place back, so that the back button does not open the panel again; else goes where `leave` goes. */
export function closePanel(leave: () => void): void {
  if (history.state?.panel) history.back()
  else leave()
}
