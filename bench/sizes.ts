import { isSmall } from './options.ts'

/** What is in a database: so many accounts with so many projects each. */
export interface Size {
  readonly accounts: number
  readonly each: number
}

/** In a small run, large sizes are divided by this; a million still has an index for searching. */
const DIVISOR = isSmall ? 50 : 1

const oneAccount = (each: number): Size => ({ accounts: 1, each })

export const empty = oneAccount(0)
export const oneThousand = oneAccount(1_000)
export const tenThousand = oneAccount(10_000 / DIVISOR)
export const hundredThousand = oneAccount(100_000 / DIVISOR)
export const oneMillion = oneAccount(1_000_000 / DIVISOR)
export const manyAccounts: Size = { accounts: 1_000 / DIVISOR, each: 1_000 }

/** A number of projects that a part makes itself. */
export const scaled = (projects: number) => projects / DIVISOR

export const countText = (number: number) => number.toLocaleString('en-US')
