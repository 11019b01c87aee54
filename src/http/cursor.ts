import { hash } from 'node:crypto'

type Place = string | number

/**
 * A cursor is a place in an order, tied to its list by a checksum. That protects against mistakes, not
 * attackers, who gain nothing by another place: the account is in the statement.
 * @param binding what the cursor is good for: the account, the path, filters and order
 */
export function makeCursor(places: readonly Place[], binding: string): string {
  const text = JSON.stringify(places)
  return Buffer.from(`${hash('sha256', text + binding).slice(0, 12)}${text}`).toString('base64url')
}

/** The place, or undefined where the cursor was not made with this binding. */
export function openCursor(cursor: string, binding: string): Place[] | undefined {
  try {
    const places = JSON.parse(Buffer.from(cursor, 'base64url').toString().slice(12))
    return Array.isArray(places) && makeCursor(places, binding) === cursor ? places : undefined
  } catch {
    return undefined
  }
}
