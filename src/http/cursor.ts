import { hash } from 'node:crypto'

type SortValue = string | number

/**
 * A cursor is a position in an order, tied to its list by a checksum. That protects against mistakes, not against
 * attackers, who gain nothing by another position: the account is in the statement.
 * @param values what the row at the position is sorted by
 * @param binding what the cursor is valid for: the account, the path, filters and order
 */
export function makeCursor(values: readonly SortValue[], binding: string): string {
  const text = JSON.stringify(values)
  return Buffer.from(`${hash('sha256', text + binding).slice(0, 12)}${text}`).toString('base64url')
}

/** The values of a position; undefined if the cursor was not made with this binding. */
export function openCursor(cursor: string, binding: string): SortValue[] | undefined {
  try {
    const values = JSON.parse(Buffer.from(cursor, 'base64url').toString().slice(12))
    return Array.isArray(values) && makeCursor(values, binding) === cursor ? values : undefined
  } catch {
    return undefined
  }
}
