export { TimeTrack } from './client.ts'
export { type ErrorElement, TimeTrackError } from './error.ts'
export type {
  Answer,
  ChangeOptions,
  ListOptions,
  Page,
  Query,
  ReadOptions,
  Settings,
  UpdateOptions,
} from './transport.ts'
export type * from './types.ts'
