const RESERVED = new Set(['www', 'api', 'app', 'admin'])

/** One DNS label of 1 to 63 characters: lower-case letters, digits, inner hyphens. */
export function isDnsLabel(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text)
}

/** A name that an account can have: a DNS label that is not reserved. */
export function isAccountName(text: string): boolean {
  return isDnsLabel(text) && !RESERVED.has(text)
}

/**
 * The label that a Host header puts before the base domain: `acme` for `Acme.example.com.:443`.
 * undefined if the host names no account (the base domain itself, or any host outside it): then
 * the key alone decides. Deeper labels are returned as they are (`a.b`); no account has such a name.
 */
export function accountLabel(host: string, baseDomain: string): string | undefined {
  const name = host.replace(/:\d*$/, '').replace(/\.$/, '').toLowerCase()
  const suffix = `.${baseDomain}`
  return name.endsWith(suffix) ? name.slice(0, -suffix.length) : undefined
}
