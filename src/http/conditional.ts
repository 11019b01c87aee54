import { refusal } from './errors.ts'
import { requestErrors } from './request-errors.ts'

/** The versions an If-Match header (RFC 9110, 13.1.1) allows: any, or those it names. */
export type IfMatch = '*' | ReadonlySet<string>

/** Reads If-Match; a weak tag counts as the strong one. */
export function readIfMatch(header: string | undefined): IfMatch | undefined {
  if (header === undefined) return undefined
  const tags = readTags(header)
  if (!tags)
    throw refusal(
      requestErrors.headerInvalid,
      'If-Match cannot be read. Send an ETag as you received it, quotes included, or *.',
      { header: 'If-Match' },
    )
  return tags
}

/** Whether If-None-Match names the tag; an unreadable header names none. */
export function namesTag(header: string | undefined, tag: string): boolean {
  const tags = header === undefined ? undefined : readTags(header)
  return tags === '*' || (tags?.has(tag) ?? false)
}

/** The tags of a list (RFC 9110, 5.6.1 and 8.8.3): a tag may hold commas, and elements may be empty. */
function readTags(header: string): IfMatch | undefined {
  if (header.trim() === '*') return '*'
  const list = /^(?:[\s,]*(?:W\/)?"[^"]*"\s*(?:,|$))+[\s,]*$/
  if (!list.test(header)) return undefined
  return new Set([...header.matchAll(/"([^"]*)"/g)].map(([, tag = '']) => tag))
}

/** Refuses a change to an object that has changed since the caller got it. */
export function refuseStale(ifMatch: IfMatch | undefined, version: number): void {
  if (ifMatch === undefined || ifMatch === '*' || ifMatch.has(String(version))) return
  throw refusal(
    requestErrors.stale,
    'It has changed since you got it. Get it again, apply your change to that, and send it with the new ETag.',
    { header: 'If-Match' },
    { ETag: `"${version}"` },
  )
}
