interface Page {
  readonly title: string
  /** From the page to the folder of its files. */
  readonly folder: 'docs/' | ''
  readonly here: 'reference' | 'errors'
  readonly head?: string
  readonly body: string
}

/** What the pages have in common. All links are relative and nothing is inline: see the policy in docs.plugin.ts. */
export function page({ title, folder, here, head = '', body }: Page): string {
  const root = folder === '' ? '../' : ''
  const link = (name: Page['here'] | 'openapi', path: string, text: string) =>
    `<a href="${root}${path}"${name === here ? ' aria-current="page"' : ''}>${text}</a>`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title} · TimeTrack</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${folder}icon.svg" type="image/svg+xml">
${head}<link rel="stylesheet" href="${folder}docs.css">
</head>
<body>
<header class="bar">
<p class="brand"><img src="${folder}icon.svg" alt="" width="24" height="24">TimeTrack</p>
<nav aria-label="Documentation">
${link('reference', 'docs', 'Reference')}
${link('errors', 'docs/errors', 'Error codes')}
${link('openapi', 'openapi.json', 'OpenAPI')}
</nav>
</header>
${body}
</body>
</html>
`
}

export const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
