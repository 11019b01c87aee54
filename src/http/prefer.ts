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
  for (const preference of String(header).split(',')) {
    const [, name, value] = /^\s*([^\s=;]+)\s*(?:=\s*"?([^";]*?)"?\s*)?(?:;.*)?$/.exec(preference) ?? []
    if (name && !asked.has(name.toLowerCase())) asked.set(name.toLowerCase(), (value ?? '').toLowerCase())
  }
  return { strict: asked.get('handling') === 'strict', count: asked.get('count') === 'exact' }
}

/** The Preference-Applied header for what was honoured; undefined if nothing was. */
export function preferenceApplied(prefer: Prefer, counted: boolean): string | undefined {
  if (!prefer.strict && !counted) return undefined
  return [...(prefer.strict ? ['handling=strict'] : []), ...(counted ? ['count=exact'] : [])].join(', ')
}
