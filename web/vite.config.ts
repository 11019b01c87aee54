import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where a server runs while the app is developed with `npx vite web`. */
const server = process.env.TIMETRACK_URL ?? 'http://127.0.0.1:3000'

export default defineConfig({
  root: import.meta.dirname,
  // Relative, so that the app works wherever a proxy puts it.
  base: './',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Everything is a file of its own: the content security policy allows no data: for scripts, styles or fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What the first page may weigh is checked by the browser tests; here are 40 % of it React.
    chunkSizeWarningLimit: 600,
  },
  server: { proxy: { '/api': server, '/app/api': server, '/openapi.json': server, '/docs': server } },
})
