import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Gives a run one folder for all that its tests write, which goes with it, however they ended. Projects share it. */
export function setup(): (() => void) | undefined {
  if (process.env.TEST_FOLDER !== undefined) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'timetrack-run-'))
  process.env.TEST_FOLDER = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
