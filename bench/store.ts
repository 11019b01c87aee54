import { type Program, startFloor } from './programs.ts'
import type { Measure, Size } from './requests.ts'
import { copyOf, removeCopy, type Seed, seed } from './seed.ts'

/** An engine with its databases, its floor, and what is to be reached on it. */
export interface Store {
  /** A database of this size. One for reads alone may be used again by others. */
  take(size: Size, use: 'reads' | 'changes'): Promise<Seed>
  /** Done with a database that was taken. */
  drop(seeded: Seed): Promise<void>
  /** Waits until the engine has come to rest after changes, so that it does not disturb what is measured next. */
  rest(): Promise<void>
  startFloor(seeded: Seed): Promise<Program>
  /** Numbers of accounts among which the projects are divided. */
  readonly accounts: readonly number[]
  /** The least throughput beside that of the floor. */
  readonly besideFloor: readonly { readonly measure: Measure; readonly whom: string; readonly goal: number }[]
  /** The least throughput of two processes beside that of one. */
  readonly twoProcesses: number
}

export const sqlite: Store = {
  take: async (size) => copyOf(await seed(size)),
  drop: async (seeded) => removeCopy(seeded),
  rest: async () => {},
  startFloor: (seeded) => startFloor('bench/floor.mjs', seeded),
  accounts: [1, 1_000],
  besideFloor: [
    { measure: 'one item', whom: 'the floor', goal: 0.85 },
    { measure: 'page of 50', whom: 'the floor', goal: 1.5 },
    { measure: 'create', whom: "the floor's one fsync each", goal: 3 },
  ],
  twoProcesses: 1.4,
}
