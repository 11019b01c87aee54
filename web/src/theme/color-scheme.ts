export type ColorScheme = 'light' | 'dark' | 'auto'

/** Where Mantine looks for it, too. */
const KEPT = 'mantine-color-scheme-value'
const system = matchMedia('(prefers-color-scheme: dark)')

/** As the reader has chosen, else as the system says. */
export function keptColorScheme(): ColorScheme {
  const kept = localStorage.getItem(KEPT)
  return kept === 'light' || kept === 'dark' ? kept : 'auto'
}

export function keepColorScheme(scheme: ColorScheme): void {
  localStorage.setItem(KEPT, scheme)
  show()
}

function show(): void {
  const kept = keptColorScheme()
  const shown = kept === 'auto' ? (system.matches ? 'dark' : 'light') : kept
  document.documentElement.dataset.mantineColorScheme = shown
}

/** Shows the scheme, from before the first paint on, and whenever it changes here or in another window. */
export function startColorScheme(): void {
  show()
  system.addEventListener('change', show)
  addEventListener('storage', show)
}
