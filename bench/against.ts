import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NewKey } from '../src/resources/keys/key.store.ts'
import { isUnsteady, type Result, ROUNDS, SECONDS } from './compare.ts'
import { measureOne } from './parts/floor-size.ts'
import { atEnd, runFolder } from './process.ts'
import { type Program, ROOT, startTimeTrack } from './programs.ts'
import { sampleProject } from './projects.ts'
import { measures } from './requests.ts'
import { send } from './send.ts'

const SIZE = { accounts: 1, each: 10_000 }
const CALLERS = 64

/** Compares the working tree with an earlier commit, each on a database that it has written itself. */
export async function against(revision: string): Promise<void> {
  const commit = git('rev-parse', '--verify', '--quiet', '--short', `${revision}^{commit}`).stdout.trim()
  if (!commit) throw new Error(`git knows no commit ${revision}`)
  const checkout = checkOut(commit)
  const programs = [await startSeeded(commit, checkout), await startSeeded('working tree', ROOT)]
  console.log(
    `wrk -t1 -c64, ${ROUNDS} rounds of ${SECONDS} s in alternating order, ${SIZE.each} projects, log level warn\n
| | ${commit} | working tree | ratio (lowest to highest) | |
| --- | --- | --- | --- | --- |`,
  )
  for (const measure of measures) console.log(lineOf(measure, await measureOne(programs, measure, SIZE)))
  for (const program of programs) await program.stop()
}

function lineOf(measure: string, [before, now]: readonly Result[]): string {
  if (!before || !now) return ''
  const cell = ({ perSecond, p50, p99 }: Result) =>
    `${perSecond.median.toFixed(0)}/s, ${p50.median.toFixed(1)} / ${p99.median.toFixed(1)} ms`
  const { median, lowest, highest } = now.ratio
  const ratio = `${median.toFixed(2)} (${lowest.toFixed(2)} to ${highest.toFixed(2)})`
  const note = isUnsteady(before.perSecond)
    ? 'unsteady: the earlier commit itself varied by more than 20 %'
    : ''
  return `| ${[measure, cell(before), cell(now), ratio, note].join(' | ')} |`
}

/** Checks out a commit until the end of the process; it shares our packages if it has the same lock file. */
function checkOut(commit: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'timetrack-bench-'))
  atEnd(() => {
    git('worktree', 'remove', '--force', folder)
    rmSync(folder, { recursive: true, force: true })
  })
  const { status, stderr } = git('worktree', 'add', '--detach', folder, commit)
  if (status !== 0) throw new Error(`git cannot check out ${commit}: ${stderr}`)
  const lock = (root: string) => {
    const file = join(root, 'package-lock.json')
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined
  }
  if (lock(folder) === lock(ROOT)) symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

const git = (...parameters: string[]): SpawnSyncReturns<string> =>
  spawnSync('git', parameters, { cwd: ROOT, encoding: 'utf8' })

/** Starts the server of a checkout, whose first command installs and builds what is missing. */
async function startSeeded(name: string, root: string): Promise<Program> {
  const url = `file:${join(runFolder(), `${name.replace(' ', '-')}.db`)}`
  const { stdout, status } = spawnSync(
    process.execPath,
    ['bin/timetrack.mjs', 'account', 'create', 'bench', '--json'],
    {
      cwd: root,
      env: { ...process.env, DATABASE_URL: url },
      stdio: ['ignore', 'pipe', 'inherit'],
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(`${name} cannot create an account`)
  const { apiKey, apiSecret } = JSON.parse(stdout)
  const keys: NewKey[] = [{ key: apiKey, secret: apiSecret }]
  const program = await startTimeTrack({ url, keys }, { name, root })
  await enterProjects(program)
  return program
}

async function enterProjects(program: Program): Promise<void> {
  let entered = 0
  const enter = async () => {
    while (entered < SIZE.each) await send(program, program.api.create(sampleProject(++entered, SIZE.each)))
  }
  await Promise.all(Array.from({ length: CALLERS }, enter))
}
