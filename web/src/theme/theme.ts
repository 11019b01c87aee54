import { createTheme, Drawer, Modal } from '@mantine/core'

/** Colours are in tokens.css: a style sheet of the page's own, which a strict content security policy allows. */
export const theme = createTheme({
  primaryColor: 'teal',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    // Locking the scroll of the page would need a style element, and only lists scroll here.
    Drawer: Drawer.extend({ defaultProps: { lockScroll: false, position: 'right' } }),
    Modal: Modal.extend({ defaultProps: { lockScroll: false, centered: true } }),
  },
})
