/** What a company enters: the same projects for every program, since each follows from its number. */
export interface SampleProject {
  readonly projectName: string
  readonly clientName: string
  readonly notes: string | null
  readonly hourRate: number
  readonly timeEstimated: number
  readonly budgetEstimated: number
}

const KINDS = ['Ölheizung', 'Renovation', 'Umbau', 'Façade', 'Garden', 'Planung „Haus“', 'Audit', 'Wartung']
const SYLLABLES = 'bar del fen gor hal jun kem lin mor nes pol rud sel tam vik wes'.split(' ')

/** A whole number below `below` that looks random and is always the same for a number. */
export function scatter(number: number, below: number): number {
  const mixed = Math.imul(number ^ (number >>> 15), 0x2c1b3c6d)
  return (Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39) >>> 0) % below
}

function placeOf(number: number): string {
  const drawn = scatter(number, SYLLABLES.length ** 3)
  const word = [drawn >> 8, (drawn >> 4) & 15, drawn & 15].map((at) => SYLLABLES[at]).join('')
  return word.charAt(0).toUpperCase() + word.slice(1)
}

const clientsOf = (projects: number): number => Math.min(500, Math.ceil(projects / 20))

/** The client of every twentieth project. */
export const LARGEST_CLIENT = 'Client 0'

export function sampleProject(number: number, projects: number): SampleProject {
  return {
    projectName: `${KINDS[number % KINDS.length]} ${placeOf(number)} ${number}`,
    clientName: number % 20 === 0 ? LARGEST_CLIENT : `Client ${number % clientsOf(projects)}`,
    notes: number % 3 === 0 ? null : `Agreed by phone, offer ${number}.\nDetails follow.`,
    hourRate: 60 + (number % 80) / 2,
    timeEstimated: 480 * (number % 40),
    budgetEstimated: 1250.5 * (number % 30),
  }
}

/** Notes of this length, different for every number. */
export function sampleNotes(number: number, length: number): string {
  const words: string[] = []
  for (let at = 0; at < length / 8; at++) words.push(placeOf(number * length + at).toLowerCase())
  return words
    .join(' ')
    .padEnd(length)
    .slice(0, length - 1)
    .concat('.')
}

/** Parts of names in an account with so many projects; a number picks one of many. */
export const needles = {
  /** Finds one project, or very few. */
  selective: (number: number) => `${placeOf(number)} ${number}`,
  /** Finds every eighth project. */
  common: () => 'renovation',
  /** A place that occurs, with a number that does not. */
  absent: (number: number, projects: number) => `${placeOf(number)} ${projects + number}`,
}
