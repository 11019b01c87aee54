import type { Project, ProjectCreate, ProjectUpdate } from '../../../src/sdk/index.ts'
import type { Format } from '../i18n/format.ts'
import { changedFields } from '../kit/edit/fields.ts'

/** A project as it stands in a form: texts as people type them. */
export type Draft = {
  readonly projectName: string
  readonly clientName: string
  readonly projectEnabled: boolean
  readonly timeEstimated: string
  readonly budgetEstimated: string
  readonly hourRate: string
  readonly notes: string
}

export const emptyDraft: Draft = {
  projectName: '',
  clientName: '',
  projectEnabled: true,
  timeEstimated: '',
  budgetEstimated: '',
  hourRate: '',
  notes: '',
}

export function draftOf(project: Project, format: Format): Draft {
  const number = (value: number | null) => (value === null ? '' : format.number(value))
  return {
    projectName: project.projectName,
    clientName: project.clientName,
    projectEnabled: project.projectEnabled,
    timeEstimated: project.timeEstimated === null ? '' : format.duration(project.timeEstimated),
    budgetEstimated: number(project.budgetEstimated),
    hourRate: number(project.hourRate),
    notes: project.notes ?? '',
  }
}

/** What the API is sent. Numbers go as text, since it reads more digits of it than JSON.parse keeps. */
function fieldValue(draft: Draft, field: keyof Draft, format: Format): string | boolean | null {
  const value = draft[field]
  if (typeof value === 'boolean' || field === 'projectName' || field === 'clientName') return value
  if (value.trim() === '') return null
  if (field === 'notes') return value
  return field === 'timeEstimated' ? readMinutes(value, format) : format.readNumber(value)
}

const HOURS_AND_MINUTES = /^(\d+):([0-5]?\d(?:\.\d+)?)$/

/** Minutes of `80:30` or `80.5`; what is neither is left for the API to refuse. */
function readMinutes(text: string, format: Format): string {
  const [hourText = '', minuteText, ...rest] = text.trim().replace(/\s*h$/i, '').split(':')
  const hours = format.readNumber(hourText)
  if (minuteText === undefined) return /^\d+(?:\.\d+)?$/.test(hours) ? minutesOf(Number(hours), 0) : text
  const [, whole, minutes] = HOURS_AND_MINUTES.exec(`${hours}:${format.readNumber(minuteText)}`) ?? []
  return whole === undefined || rest.length > 0 ? text : minutesOf(Number(whole), Number(minutes))
}

/** Hours in tenths have no exact form in binary: what is less than a millionth of a minute is dust. */
const minutesOf = (hours: number, minutes: number): string =>
  String(Math.round((hours * 60 + minutes) * 1e6) / 1e6)

export const createOf = (draft: Draft, format: Format): ProjectCreate =>
  bodyOf(draft, changedFields(emptyDraft, draft), format) as ProjectCreate

/** The fields that have been changed, and no others. */
export const updateOf = (from: Draft, to: Draft, format: Format): ProjectUpdate =>
  bodyOf(to, changedFields(from, to), format)

const bodyOf = (draft: Draft, fields: readonly (keyof Draft)[], format: Format): ProjectUpdate =>
  Object.fromEntries(fields.map((field) => [field, fieldValue(draft, field, format)]))
