import type { Agent } from 'node:http'
import { median } from '../compare.ts'
import type { Engine } from '../engine.ts'
import { type Goal, goal, limits } from '../goals.ts'
import { paragraphs, table } from '../markdown.ts'
import { isSmall } from '../options.ts'
import type { Outcome } from '../part.ts'
import { type Latency, openConnections, PER_SECOND, probe } from '../probe.ts'
import { BASE, PROJECTS, type Program, startTimeTrack } from '../programs.ts'
import { LARGEST_CLIENT, sampleProject, scatter } from '../projects.ts'
import type { ApiRequest } from '../requests.ts'
import { send } from '../send.ts'
import { countText, oneMillion } from '../sizes.ts'

const BATCH = 1_000
/** A measure goes on for so long, and until the slow request has been answered that often. */
const LEAST_MS = isSmall ? 2_000 : 10_000
const LEAST_ANSWERS = 3
const MOST_MS = 60_000

const QUICK = ['/healthz', 'one item'] as const

interface Row {
  readonly slow: string
  readonly quick: Readonly<Record<(typeof QUICK)[number], Latency>>
  /** How often the slow request was answered, and its median in milliseconds. */
  readonly answers: number
  readonly ms: number
}

/** What quick requests have to wait for while one caller sends something slow over and over. */
export async function beside(engine: Engine): Promise<Outcome> {
  const seed = await engine.take(oneMillion, 'changes')
  const program = await startTimeTrack(seed)
  const agent = await openConnections(program)
  const rows: Row[] = []
  console.log(`\nBeside a slow request, ${countText(oneMillion.each)} projects, p50 / p99 ms`)
  for (const [slow, requestOf] of await slowRequests(program)) {
    await engine.rest()
    const row = { slow, ...(await measure(program, agent, requestOf)) }
    console.log(cellsOf(row).join('  '))
    rows.push(row)
  }
  agent.destroy()
  await program.stop()
  await engine.drop(seed)
  return { goals: rows.flatMap(goalsOf), section: sectionOf(rows), figures: rows }
}

type RequestOf = (draw: number) => ApiRequest

async function slowRequests(program: Program): Promise<[name: string, requestOf: RequestOf | undefined][]> {
  const { id, projects } = await largestClient(program)
  return [
    ['nothing', undefined],
    ['a list sorted by a number', () => get(`${PROJECTS}?sort=-budgetEstimated`)],
    [
      'an exact count with a filter',
      () => ({ ...get(`${PROJECTS}?projectName=renovation`), headers: { Prefer: 'count=exact' } }),
    ],
    [`an atomic batch of ${countText(BATCH)}`, batch],
    [
      `renaming a client with ${countText(projects)} projects`,
      (draw) => ({
        method: 'POST',
        path: `${BASE}/clients/${id}/rename`,
        body: { name: draw % 2 === 0 ? 'The largest client' : LARGEST_CLIENT },
      }),
    ],
  ]
}

const get = (path: string): ApiRequest => ({ method: 'GET', path })

function batch(draw: number): ApiRequest {
  const operations = Array.from({ length: BATCH }, (_, at) => {
    const project = sampleProject(at, oneMillion.each)
    return { method: 'create', project: { ...project, projectName: `Batch ${draw}, number ${at}` } }
  })
  return { method: 'POST', path: `${PROJECTS}/batch`, body: { atomic: true, operations } }
}

async function largestClient(program: Program): Promise<{ id: number; projects: number }> {
  const name = encodeURIComponent(LARGEST_CLIENT)
  const clients = await send(program, get(`${BASE}/clients?name=${name}&limit=1000`))
  const found = (JSON.parse(clients.text) as { id: number; name: string }[]).find(
    (client) => client.name === LARGEST_CLIENT,
  )
  if (!found) throw new Error(`there is no ${LARGEST_CLIENT}`)
  const projects = await send(program, {
    ...get(`${PROJECTS}?clientName=${name}&limit=1`),
    headers: { Prefer: 'count=exact' },
  })
  return { id: found.id, projects: Number(projects.headers.get('x-total-count')) }
}

/** The first slow request is a warm-up, and not measured. */
async function measure(
  program: Program,
  agent: Agent,
  slow: RequestOf | undefined,
): Promise<Omit<Row, 'slow'>> {
  if (slow) await send(program, slow(0))
  const begin = performance.now()
  const times: number[] = []
  const isOver = () => {
    const passed = performance.now() - begin
    const isEnough = slow === undefined || times.length >= LEAST_ANSWERS
    return passed > MOST_MS || (passed > LEAST_MS && isEnough)
  }
  const repeat = async () => {
    for (let draw = 1; slow && !isOver(); draw++) times.push((await send(program, slow(draw))).ms)
  }
  const kinds = {
    '/healthz': () => get('/healthz'),
    'one item': (draw: number) => program.api.item(1 + scatter(draw, oneMillion.each)),
  }
  const [quick] = await Promise.all([probe(program, agent, kinds, isOver), repeat()])
  return { quick, answers: times.length, ms: median(times) }
}

/** What runs beside nothing is for comparison. */
function goalsOf({ slow, quick, answers }: Row): Goal[] {
  if (answers === 0) return []
  return QUICK.map((name) => goal(`${name} beside ${slow}: p99`, quick[name].p99, limits.besideSlow))
}

function cellsOf({ slow, quick, answers, ms }: Row): string[] {
  return [
    slow,
    ...QUICK.map((name) => `${quick[name].p50.toFixed(1)} / ${quick[name].p99.toFixed(1)}`),
    answers === 0 ? '' : `${answers} × ${ms.toFixed(0)}`,
  ]
}

function sectionOf(rows: readonly Row[]): string {
  return paragraphs(
    '## Beside a slow request',
    `In an account of ${countText(oneMillion.each)} projects one caller repeats something slow, while others together send ${PER_SECOND} quick requests a second over connections that are open already, without waiting for each other. p50 / p99 in ms.`,
    table(['beside', ...QUICK, 'the slow request: answers × median ms'], rows.map(cellsOf)),
  )
}
