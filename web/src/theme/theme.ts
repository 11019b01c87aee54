import { createTheme, Drawer, Modal } from '@mantine/core'

const dialog = {
  // Locking the scroll of the page would need a style element, and only lists scroll here.
  lockScroll: false,
  // The head of a dialog is not that of the page.
  attributes: { header: { role: 'none' } },
}

/** Colours are in tokens.css: a style sheet of the page's own, which a strict content security policy allows. */
export const theme = createTheme({
  primaryColor: 'teal',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Drawer: Drawer.extend({ defaultProps: { ...dialog, position: 'right' } }),
    Modal: Modal.extend({ defaultProps: { ...dialog, centered: true } }),
  },
})
