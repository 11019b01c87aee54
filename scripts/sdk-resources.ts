import type { Resource } from '../src/http/resource.ts'

/** The source of `src/sdk/resources.ts`: a property for each kind of object, since all have the same methods. */
export function sdkResources(resources: readonly Resource[]): string {
  const kinds = resources.flatMap(({ tag, feed, operations }) => {
    if (!feed) return []
    const { title: one } = feed.object as { title?: string }
    const many = tag.name
    const base = operations.some(({ id }) => id === `rename${one}`) ? 'NamedObjects' : 'Objects'
    const property = many.charAt(0).toLowerCase() + many.slice(1)
    return [
      { base, property, type: `${base}<'${one}', '${many}'>`, made: `(transport, '${one}', '${many}')` },
    ]
  })
  const bases = [...new Set(kinds.map(({ base }) => base))].sort().join(', ')
  return `/** Made by \`npm run gen\`: not to be edited. */

import { ${bases} } from './objects.ts'
import type { Transport } from './transport.ts'

/** The kinds of objects. */
export class Resources {
${kinds.map(({ property, type }) => `  readonly ${property}: ${type}`).join('\n')}

  constructor(transport: Transport) {
${kinds.map(({ property, base, made }) => `    this.${property} = new ${base}${made}`).join('\n')}
  }
}
`
}
