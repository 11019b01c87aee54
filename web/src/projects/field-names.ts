import type { Text } from '../i18n/en.ts'
import type { Draft } from './draft.ts'

/** The names of a project's fields as a reader sees them. */
export const fieldNames = ({ projects, common }: Text): Readonly<Record<keyof Draft, string>> => ({
  projectName: projects.name,
  clientName: projects.client,
  projectEnabled: projects.enabled,
  timeEstimated: projects.estimateLong,
  budgetEstimated: projects.budgetLong,
  hourRate: projects.rateLong,
  notes: common.notes,
})
