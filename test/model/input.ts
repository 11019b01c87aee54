import { type Fault, Refused, type Value } from './state.ts'

/** How the contract reads the fields of a body. */

type Outcome = { readonly value: unknown } | { readonly code: number }
type Reader = (sent: unknown) => Outcome

const wrongType: Outcome = { code: 10051 }

function text({ min = 0, max = 255, line = true, form = /^/u }): Reader {
  return (sent) => {
    if (typeof sent !== 'string') return wrongType
    const value = line ? sent.normalize('NFC').trim() : sent.normalize('NFC')
    const control = line ? /\p{Cc}/u : /(?![\t\n\r])\p{Cc}/u
    if (!value.isWellFormed() || control.test(value)) return { code: 10053 }
    const length = [...value].length
    if (length < min || length > max) return { code: 10052 }
    return form.test(value) ? { value } : { code: 10058 }
  }
}

const orNull =
  (reader: Reader): Reader =>
  (sent) =>
    sent === null ? { value: null } : reader(sent)

const flag: Reader = (sent) => {
  if ([true, 1, 'true', '1'].includes(sent as string)) return { value: true }
  if ([false, 0, 'false', '0'].includes(sent as string)) return { value: false }
  return wrongType
}

function number(sent: unknown): number | undefined {
  if (typeof sent === 'number') return sent
  return typeof sent === 'string' && /^-?\d+(\.\d+)?$/.test(sent) ? Number(sent) : undefined
}

const amount: Reader = (sent) => {
  const value = number(sent)
  if (value === undefined) return wrongType
  if (value < 0 || value > 999_999_999_999) return { code: 10054 }
  return Number(value.toPrecision(15)) === value ? { value } : { code: 10055 }
}

const ownId: Reader = (sent) => {
  const value = number(sent)
  if (value === undefined) return wrongType
  if (value < 1) return { code: 10054 }
  return Number.isInteger(value) ? { value } : wrongType
}

const name = text({ min: 1 })
const notes = orNull(text({ max: 65_535, line: false }))
const anyLine = orNull(text({}))

const projectFields = {
  projectName: name,
  clientName: name,
  projectEnabled: flag,
  notes,
  hourRate: orNull(amount),
  timeEstimated: orNull(amount),
  budgetEstimated: orNull(amount),
}
const clientDetails = {
  color: orNull(text({ form: /^#[0-9A-Fa-f]{6}$/ })),
  notes,
  email: orNull(text({ form: /^[^\s@]+@[^\s@]+$/ })),
  phone: anyLine,
  addressCountry: orNull(text({ form: /^(AT|DE|CH)$/ })),
  contactPerson: anyLine,
  field1: anyLine,
}
const taskDetails = { notes, hourRate: orNull(amount) }
const ids = { ID: ownId, id: ownId }

const bodies: Record<string, { fields: Record<string, Reader>; required: string[] }> = {
  createProject: { fields: projectFields, required: ['projectName', 'clientName'] },
  updateProject: { fields: { ...ids, ...projectFields }, required: [] },
  createClient: { fields: { name, enabled: flag, ...clientDetails }, required: ['name'] },
  updateClient: { fields: { ...ids, ...clientDetails }, required: [] },
  renameClient: { fields: { name }, required: ['name'] },
  createTask: { fields: { name, enabled: flag, ...taskDetails }, required: ['name'] },
  updateTask: { fields: { ...ids, ...taskDetails }, required: [] },
  renameTask: { fields: { name }, required: ['name'] },
}

/** The fields of a body, without those that say again which object is meant; refused with every fault. */
export function readBody(op: string, sent: Value, strict: boolean, pathId: number, pointer = ''): Value {
  const { fields, required } = bodies[op] ?? { fields: {}, required: [] }
  const values: Record<string, unknown> = {}
  const faults: Fault[] = []
  for (const [field, read] of Object.entries(fields)) {
    if (sent[field] === undefined && !required.includes(field)) continue
    const outcome = readField(field, read, sent, pathId)
    if ('code' in outcome) faults.push([outcome.code, `pointer:${pointer}/${field}`])
    else if (!(field in ids)) values[field] = outcome.value
  }
  const unknown = Object.keys(sent).filter((field) => !(field in fields))
  if (strict) faults.push(...unknown.map((field): Fault => [10056, `pointer:${pointer}/${field}`]))
  if (faults.length > 0) throw new Refused(422, faults)
  return values
}

/** A field that says again which object is meant may only repeat the id of the path. */
function readField(field: string, read: Reader, sent: Value, pathId: number): Outcome {
  if (sent[field] === undefined) return { code: 10050 }
  const outcome = read(sent[field])
  return field in ids && 'value' in outcome && outcome.value !== pathId ? { code: 10057 } : outcome
}
