import { type Program, startFloor } from './programs.ts'
import type { Measure, Size } from './requests.ts'
import { copyOf, removeCopy, type Seed, seed } from './seed.ts'

/** An engine with its databases, its floor and its goals. */
export interface Store {
  /** A database of this size. One for reads only may be shared. */
  take(size: Size, use: 'reads' | 'changes'): Promise<Seed>
  /** Gives back a database that was taken. */
  drop(seeded: Seed): Promise<void>
  /** Waits until the engine is idle after changes, so that it does not disturb what is measured next. */
  rest(): Promise<void>
  startFloor(seeded: Seed): Promise<Program>
  /** The numbers of accounts among which the projects are divided. */
  readonly accounts: readonly number[]
  /** The least throughput relative to that of the floor. */
  readonly besideFloor: readonly { readonly measure: Measure; readonly whom: string; readonly goal: number }[]
  /** The least throughput of two processes relative to that of one. */
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
