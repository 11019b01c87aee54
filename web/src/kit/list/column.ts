import type { ReactNode } from 'react'

/** The place of a column where rows are cards of two lines: title and switch, then note, number and actions; at the side of both. */
type CardPlace = 'title' | 'switch' | 'note' | 'number' | 'actions' | 'side'

export interface Column<T> {
  readonly id: string
  /** The name in the head of the table. */
  readonly head: string
  /** Only icons are below it: the name is told, not shown. */
  readonly isHeadHidden?: boolean
  /** The field that its head sorts by. */
  readonly sort?: string
  /** The width of its track, as CSS writes them. */
  readonly width: string
  /** Shown only where there is room for all columns. */
  readonly isExtra?: boolean
  /** On a card it has no place without it. */
  readonly card?: CardPlace
  /** Its cells are numbers, which end in one line. */
  readonly isNumber?: boolean
  cell(row: T): ReactNode
}
