/** The goals of the benchmark, all in one place. */
type Unit = 'times' | 'ms' | 'KiB' | 'MB' | 'errors'

export interface Limit {
  readonly limit: number
  readonly better: 'more' | 'less'
  readonly unit: Unit
}

/** A limit with what was measured. */
export interface Goal extends Limit {
  readonly name: string
  readonly value: number
}

const atLeast = (limit: number, unit: Unit = 'times'): Limit => ({ limit, better: 'more', unit })
const atMost = (limit: number, unit: Unit = 'times'): Limit => ({ limit, better: 'less', unit })

/** Throughput relative to the floor, by engine and measure. */
export const vsFloor = {
  sqlite: { 'one item': atLeast(1.2), 'page of 50': atLeast(2), create: atLeast(3) },
  postgres: { 'one item': atLeast(0.8) },
} as const

/** Throughput of two processes relative to one. On PostgreSQL they share two cores with it. */
export const twoProcesses = { sqlite: atLeast(1.4), postgres: atLeast(1.3) } as const

/** How much the database grows; on PostgreSQL, where space is reused later, it is measured without a goal. */
export const growth = {
  sqlite: { tenChanges: atMost(130, 'KiB'), createsAndDeletes: atMost(45, 'MB') },
  postgres: undefined,
} as const

export const limits = {
  /** Throughput relative to the fastest peer that authenticates. */
  vsPeers: atLeast(1),
  idleMemory: atMost(120, 'MB'),
  /** p50 in a large account relative to a small one. */
  pageInLargeAccount: atMost(1.5),
  searchInLargeAccount: atMost(3),
  /** p50 in one account among many relative to the same account alone. */
  amongAccounts: atMost(1.5),
  /** The slowest hundred pages of a list relative to the first. */
  paging: atMost(1.5),
  /** The last minute of the mixed load relative to the second. */
  mixedMemory: atMost(1.2),
  mixedP99: atMost(1.5),
  mixedErrors: atMost(0, 'errors'),
  /** p99 of quick requests while a slow one runs. */
  besideSlow: atMost(50, 'ms'),
} as const

export const goal = (name: string, value: number, limit: Limit): Goal => ({ name, value, ...limit })

export const isReached = ({ value, limit, better }: Goal) =>
  better === 'more' ? value >= limit : value <= limit

export function inUnit(value: number, { unit }: Pick<Limit, 'unit'>): string {
  if (unit === 'times') return `× ${value.toFixed(2)}`
  return `${value.toFixed(unit === 'errors' ? 0 : value < 10 ? 1 : 0)} ${unit}`
}

export const boundText = (limit: Limit) =>
  `${limit.better === 'more' ? '≥' : '≤'} ${inUnit(limit.limit, limit)}`
