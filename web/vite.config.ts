import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Where a server runs while the app is developed with `npx vite web`. */
const server = process.env.TIMETRACK_URL ?? 'http://127.0.0.1:3000'

const source = (path: string) => `${import.meta.dirname}/src/${path}`

const MAIN = source('main.ts')
/** The app, and the page that people see first, with what all lists are made of. */
const APP = [source('app/start.tsx'), source('projects/projects-page.tsx')]
/** What is edited in, with all of Mantine that it needs. */
const PANEL = source('kit/edit/edit-panel.tsx')

interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null
}

/** A module, and what it imports in the ordinary way. */
function closureOf(id: string, modules: Modules, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(id)) return found
  found.add(id)
  for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) closureOf(imported, modules, found)
  return found
}

/** What is needed together as one file: many small ones would each cost a request. */
const groupOf = (name: string, priority: number, isIn: (id: string, modules: Modules) => boolean) => ({
  name: (id: string, modules: Modules) => (isIn(id, modules) ? name : null),
  debugName: name,
  priority,
})

const groups = [
  groupOf('main', 4, (id, modules) => closureOf(MAIN, modules).has(id)),
  groupOf('app', 3, (id, modules) => APP.some((entry) => closureOf(entry, modules).has(id))),
  // A reader of German waits for one file, not for one with every page.
  groupOf('de', 2, (id) => id.endsWith('.de.ts') || id.endsWith('/de.ts')),
  groupOf('panel', 1, (id, modules) => closureOf(PANEL, modules).has(id)),
]

/** Has the browser fetch the app while the first script is still on its way; by itself Vite would wait for that. */
const preloadApp: Plugin = {
  name: 'preload-app',
  transformIndexHtml: {
    order: 'post',
    handler(_, { bundle = {} }) {
      const files = Object.keys(bundle)
      const linksTo = (pattern: RegExp, rel: string) =>
        files
          .filter((name) => pattern.test(name))
          .map((name) => ({
            tag: 'link',
            attrs: { rel, crossorigin: true, href: `./${name}` },
            injectTo: 'head' as const,
          }))
      return [
        ...linksTo(/\/(?:app|start|rolldown-runtime)-[^/]*\.js$/, 'modulepreload'),
        ...linksTo(/\/app-[^/]*\.css$/, 'stylesheet'),
      ]
    },
  },
}

export default defineConfig({
  root: import.meta.dirname,
  // Relative, so that the app works wherever a proxy puts it.
  base: './',
  plugins: [react(), preloadApp],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Everything is a file of its own: the content security policy allows no data: for scripts, styles or fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: { codeSplitting: { groups } },
    },
    // What the first page may weigh is checked by the browser tests; here are 40 % of it React.
    chunkSizeWarningLimit: 600,
  },
  server: { proxy: { '/api': server, '/app/api': server, '/openapi.json': server, '/docs': server } },
})
