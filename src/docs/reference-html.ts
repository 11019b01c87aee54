import { page } from './page.ts'

/** The interactive reference: an empty element that Swagger UI fills from openapi.json. */
export function referenceHtml(): string {
  return page({
    title: 'API reference',
    folder: 'docs/',
    here: 'reference',
    head: `<link rel="stylesheet" href="docs/swagger-ui.css">
<script src="docs/swagger-ui-bundle.js" defer></script>
<script src="docs/docs.js" defer></script>
`,
    body: `<main id="reference"></main>
<noscript><p class="notice">The reference needs JavaScript, which is off here. The same is in
<a href="openapi.json">openapi.json</a>.</p></noscript>`,
  })
}

/** Runs in the browser, so it is plain JavaScript. */
export const referenceScript = `'use strict'

const dark = matchMedia('(prefers-color-scheme: dark)')
const followScheme = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
dark.addEventListener('change', followScheme)
followScheme()

// Swagger UI would fill in and send examples of optional parameters: a list would come filtered, and a second POST be
// taken for a repeat of the first. So they go into the descriptions.
function explain(parameter) {
  if (parameter.$ref || parameter.required) return
  const example = parameter.example ?? parameter.schema?.examples?.[0]
  if (example === undefined) return
  delete parameter.example
  delete parameter.schema.examples
  parameter.description += ' Example: \`' + example + '\`'
}

// The document's paths start at the server's root, which is where this page is, also behind a proxy that adds a prefix.
function adapt(text) {
  const document = JSON.parse(text)
  const root = new URL('.', location.href).pathname
  document.servers[0].url = root
  document.info.description = document.info.description.replaceAll('](/', '](' + root)
  Object.values(document.components.parameters).forEach(explain)
  // The browser sends the session cookie by itself; it cannot be set through a form.
  delete document.components.securitySchemes.session
  document.security = document.security.filter((one) => !one.session)
  for (const path of Object.values(document.paths))
    for (const operation of Object.values(path)) {
      operation.parameters?.forEach(explain)
      delete operation.security
    }
  return JSON.stringify(document)
}

// One form for key and secret, since neither is of any use alone; by default each has a button of its own.
const singleForm = {
  statePlugins: {
    auth: {
      wrapSelectors: {
        definitionsToAuthorize: (original) => (state, ...rest) => {
          const schemes = original(state, ...rest)
          return schemes.size > 1 ? schemes.clear().push(schemes.reduce((all, one) => all.merge(one))) : schemes
        },
      },
    },
  },
}

const source = new URL('openapi.json', location.href).href

SwaggerUIBundle({
  domNode: document.getElementById('reference'),
  url: source,
  responseInterceptor(response) {
    if (response.ok && response.url === source) response.text = adapt(response.text)
    return response
  },
  plugins: [singleForm],
  validatorUrl: null,
  persistAuthorization: false,
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
})
`

export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="8" fill="#0f6e6e"/>
<circle cx="16" cy="16" r="9" fill="none" stroke="#fff" stroke-width="2.5"/>
<path d="M16 10.5V16l4 2.5" fill="none" stroke="#fff" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/>
</svg>
`
