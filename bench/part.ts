import type { Engine } from './engine.ts'
import type { Goal } from './goals.ts'

/** What a part of the benchmark has found. */
export interface Outcome {
  readonly goals: readonly Goal[]
  /** Its section of the page, in Markdown; empty where the goals say it all. */
  readonly section: string
  /** Its member of results.json. */
  readonly figures: object
  /** The files that its section shows, by name. */
  readonly files?: Readonly<Record<string, string>>
  /** What a reader has to know before the goals. */
  readonly notice?: string
}

export type Part = (engine: Engine) => Promise<Outcome>
