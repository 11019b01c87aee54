import type { Program } from './programs.ts'
import type { Seed } from './seed.ts'
import type { Size } from './sizes.ts'

/** A database engine: its databases and its floor. */
export interface Engine {
  readonly name: 'sqlite' | 'postgres'
  /** A database of this size. One for reads alone may be shared. */
  take(size: Size, use: 'reads' | 'changes'): Promise<Seed>
  /** Gives back a database that was taken. */
  drop(seed: Seed): Promise<void>
  /** Waits until the engine has finished what changes left behind, so that it does not disturb the next measure. */
  rest(): Promise<void>
  /** The size of a database in bytes, after a checkpoint. Nothing else may be reading it. */
  sizeOf(seed: Seed): Promise<number>
  startFloor(seed: Seed): Promise<Program>
}
