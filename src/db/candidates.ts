import type { Scope } from './scope.ts'

/** Looking at this many rows one by one takes about 15 ms; where more match, going through all soon has its page. */
export const MOST_CANDIDATES = 10_000

/** Which of the rows that have a value a list wants. */
export interface Wanted {
  /** Only those behind this id. */
  readonly after: number
  /** How many of them, in the order of their ids; where it is not there, all. */
  readonly most?: number
}

/** Rows among which all are that have a value. A list looks at each of them. */
export interface Candidates {
  readonly ids: readonly number[]
  /** Whether there are more, all of them with greater ids. */
  readonly goesOn: boolean
  /** The number of the account's change as of which, or of a later one, this is so. */
  readonly change: number
}

/** An index that is not one of the table: finds rows by the value of a filter. None where to look at every row is better. */
export type Finder = (scope: Scope, value: string, wanted: Wanted) => Promise<Candidates | undefined>
