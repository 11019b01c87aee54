import { type Fault, refusal } from './errors.ts'
import { requestErrors } from './request-errors.ts'

/**
 * The parameters of a query string. An empty value counts as not sent. A `known` parameter that is given
 * twice is a fault and has no value; an unknown one may be repeated. Throws on a bad percent-escape.
 */
export function parseQuery(
  text: string,
  known: ReadonlySet<string>,
): { values: Record<string, string>; faults: Fault[] } {
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
  for (const name of repeated) delete values[name]
  return { values, faults: [...repeated].map(repeatedFault) }
}

function repeatedFault(name: string): Fault {
  const detail = `${name} is given more than once. Send it once.`
  return { error: requestErrors.parameterRepeated, detail, source: { parameter: name } }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw refusal(
      requestErrors.badQueryEscape,
      `"${text.slice(0, 100)}" is not valid percent-encoded UTF-8. Write a plain % as %25.`,
      {
        parameter: text.slice(0, 100),
      },
    )
  }
}
