import type { Builder, Statement } from './query.ts'

export interface Migration {
  readonly name: string
  statements(builder: Builder): Statement<unknown>[]
}
