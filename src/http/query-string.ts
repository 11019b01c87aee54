import { type Fault, Refusal, refusal } from './errors.ts'

/**
 * The parameters of a query string. An empty value counts as not sent. A bad percent-escape is refused,
 * and so is a parameter of `known` that is given twice; what is not known may be.
 */
export function parseQuery(text: string, known: ReadonlySet<string>): Record<string, string> {
  const values: Record<string, string> = Object.create(null)
  const repeated = new Set<string>()
  for (const pair of text.split('&')) {
    const equals = pair.indexOf('=')
    const name = decode(equals < 0 ? pair : pair.slice(0, equals))
    const value = equals < 0 ? '' : decode(pair.slice(equals + 1))
    if (value === '') continue
    if (name in values && known.has(name)) repeated.add(name)
    values[name] = value
  }
  const [first, ...others] = [...repeated].map(
    (name): Fault => ({
      error: 'parameterRepeated',
      detail: `${name} is given more than once. Send it once.`,
      source: { parameter: name },
    }),
  )
  if (first) throw new Refusal([first, ...others])
  return values
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw refusal(
      'badQueryEscape',
      `"${text.slice(0, 100)}" is not valid percent-encoded UTF-8. Write a plain % as %25.`,
      {
        parameter: text.slice(0, 100),
      },
    )
  }
}
