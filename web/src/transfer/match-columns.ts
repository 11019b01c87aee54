import { projectFile } from './project-file.ts'

/** What people call the fields in their own lists, folded; the API's names are known besides. */
const ALIASES: Readonly<Record<string, string>> = {
  project: 'projectName',
  projekt: 'projectName',
  projektname: 'projectName',
  name: 'projectName',
  bezeichnung: 'projectName',
  client: 'clientName',
  customer: 'clientName',
  kunde: 'clientName',
  kundenname: 'clientName',
  auftraggeber: 'clientName',
  enabled: 'projectEnabled',
  active: 'projectEnabled',
  aktiv: 'projectEnabled',
  note: 'notes',
  notiz: 'notes',
  notizen: 'notes',
  bemerkung: 'notes',
  rate: 'hourRate',
  hourlyrate: 'hourRate',
  stundensatz: 'hourRate',
  satz: 'hourRate',
  time: 'timeEstimated',
  minutes: 'timeEstimated',
  minuten: 'timeEstimated',
  zeit: 'timeEstimated',
  budget: 'budgetEstimated',
}

/** The field that each column most likely is; undefined where none, or one before it, is. */
export function matchColumns(names: readonly string[]): (string | undefined)[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const field = projectFile.fieldNamed(name)
    const alias = ALIASES[name.toLowerCase().replace(/[\s_-]/g, '')]
    const match = field ? (field.ignored ? undefined : field.name) : alias
    if (match === undefined || taken.has(match)) return undefined
    taken.add(match)
    return match
  })
}
