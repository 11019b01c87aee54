import './mantine.css'
import './mantine-tokens.css'
import { createTheme, Drawer, MantineProvider, Modal } from '@mantine/core'
import type { ReactNode } from 'react'

const dialog = {
  // Locking the scroll of the page would need a style element, and only lists scroll here.
  lockScroll: false,
  // The head of a dialog is not that of the page.
  attributes: { header: { role: 'none' } },
}

const theme = createTheme({
  primaryColor: 'teal',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Drawer: Drawer.extend({ defaultProps: { ...dialog, position: 'right' } }),
    Modal: Modal.extend({ defaultProps: { ...dialog, centered: true } }),
  },
})

/** The app itself says on the root element which colours it shows. */
const noRoot = () => undefined

/**
 * What Mantine's dialogs and form fields stand in. Only pages and panels that are loaded when they are gone to have
 * it, so that the first page does not wait for Mantine.
 */
export function Mantine({ children }: { readonly children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      getRootElement={noRoot}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      {children}
    </MantineProvider>
  )
}
