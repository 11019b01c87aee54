/** What a Prefer header (RFC 7240) asks for, of the preferences that this API knows. */
export interface Prefer {
  readonly strict: boolean
  readonly count: boolean
}

const NOTHING: Prefer = { strict: false, count: false }

/** Reads the header: case does not count, of a repeated preference the first one does, unknown ones are ignored. */
export function readPrefer(header: string | string[] | undefined): Prefer {
  if (header === undefined) return NOTHING
  const asked = new Map<string, string>()
  for (const preference of String(header).toLowerCase().split(',')) {
    // Cut by hand: a pattern for this would go back and forth over long runs of spaces.
    const [pair = ''] = preference.split(';', 1)
    const [name = '', ...values] = pair.split('=').map((part) => part.trim())
    const value = values.join('=').replace(/^"/, '').replace(/"$/, '').trim()
    if (name !== '' && !/\s/.test(name) && !asked.has(name)) asked.set(name, value)
  }
  return { strict: asked.get('handling') === 'strict', count: asked.get('count') === 'exact' }
}

/** The Preference-Applied header for what was honoured; undefined if nothing was. */
export function preferenceApplied(prefer: Prefer, counted: boolean): string | undefined {
  if (!prefer.strict && !counted) return undefined
  return [...(prefer.strict ? ['handling=strict'] : []), ...(counted ? ['count=exact'] : [])].join(', ')
}
