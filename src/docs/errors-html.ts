import { STATUS_CODES } from 'node:http'
import type { CatalogueEntry } from '../http/catalogue-entry.ts'
import { type ErrorGroup, errorGroups, errorIntroduction } from '../http/error-page.ts'
import { requestErrors } from '../http/request-errors.ts'
import type { Resource } from '../http/resource.ts'
import { escapeHtml, page } from './page.ts'

/** The page of error codes, with an anchor for each. */
export function errorsHtml(resources: readonly Resource[]): string {
  const groups = errorGroups(resources)
  return page({
    title: 'Error codes',
    folder: '',
    here: 'errors',
    body: `<main class="errors">
<h1>Error codes</h1>
<div class="introduction">
<p>${errorIntroduction.map(html).join(' ')}</p>
<pre tabindex="0" aria-label="Example of an error"><code>${escapeHtml(example())}</code></pre>
</div>
<nav aria-label="Groups of codes">
<ul class="groups">
${groups.map(({ title, entries }) => `<li><a href="#${slug(title)}">${title} <span>${entries.length}</span></a></li>`).join('\n')}
</ul>
</nav>
${groups.map(section).join('\n')}
</main>`,
  })
}

function section({ title, entries }: ErrorGroup): string {
  return `<section aria-labelledby="${slug(title)}">
<h2 id="${slug(title)}">${title}</h2>
<ul class="codes">
${entries.map(row).join('\n')}
</ul>
</section>`
}

function row({ code, status, title, advice }: CatalogueEntry): string {
  return `<li id="${code}">
<a class="code" href="#${code}" title="Link to ${code}">${code}</a>
<div>
<h3>${escapeHtml(title)}</h3>
<p>${escapeHtml(advice)}</p>
</div>
<p class="status status-${Math.floor(status / 100)}">${status} ${STATUS_CODES[status]}</p>
</li>`
}

function example(): string {
  const { title, status, code } = requestErrors.fieldMissing
  const error = {
    title,
    status,
    code,
    detail: 'clientName is missing. Send text of 1 to 255 characters.',
    source: { pointer: '/clientName' },
    requestId: '6f1c0a9be3d2-1k',
  }
  return JSON.stringify({ errors: [error] }, null, 2)
}

const slug = (title: string) => title.toLowerCase().replaceAll(' ', '-')

/** As HTML; the only Markdown in these texts is code. */
const html = (markdown: string) => escapeHtml(markdown).replace(/`([^`]+)`/g, '<code>$1</code>')
