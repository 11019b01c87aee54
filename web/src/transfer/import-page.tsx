import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { applyPlan } from '../../../src/transfer/apply.ts'
import type { Watcher } from '../../../src/transfer/plan.ts'
import { UnreadableFile } from '../../../src/transfer/row.ts'
import { api } from '../api/api.ts'
import { PageHead } from '../kit/parts/page-head.tsx'
import { useExplain } from '../kit/problem.ts'
import { Mantine } from '../theme/mantine.tsx'
import { ColumnMatch } from './column-match.tsx'
import { DropZone } from './drop-zone.tsx'
import classes from './import.module.css'
import { ImportPreview } from './import-preview.tsx'
import { ImportResult, type Result } from './import-result.tsx'
import { makePreview, type Preview, withFaults } from './preview.ts'
import { projectFile } from './project-file.ts'
import { type ReadFile, readFile } from './read-file.ts'
import { useTransferText } from './texts.ts'
import { WorkProgress } from './work-progress.tsx'

type Stage =
  | { readonly at: 'file'; readonly fault?: string }
  | { readonly at: 'columns'; readonly file: ReadFile; readonly fault?: string }
  | {
      readonly at: 'work'
      readonly label: 'Comparing' | 'Writing'
      readonly done: number
      readonly total: number
    }
  | { readonly at: 'preview'; readonly file: ReadFile; readonly preview: Preview }
  | { readonly at: 'result'; readonly result: Result }

const BETWEEN_MS = 100

/** From a file, by its columns and a preview, to projects and a report. */
export function ImportPage() {
  const texts = useTransferText()
  const explain = useExplain()
  const queries = useQueryClient()
  const [stage, setStage] = useState<Stage>({ at: 'file' })
  const drawn = useRef(0)
  const watcher: Watcher = {
    show(label, done, total) {
      if (performance.now() - drawn.current < BETWEEN_MS) return
      drawn.current = performance.now()
      setStage({ at: 'work', label, done, total })
    },
  }

  const open = async (file: File) => {
    try {
      setStage({ at: 'columns', file: await readFile(file) })
    } catch (error) {
      setStage({ at: 'file', fault: error instanceof UnreadableFile ? error.message : String(error) })
    }
  }
  const compare = async (file: ReadFile, fields: readonly (string | undefined)[]) => {
    setStage({ at: 'work', label: 'Comparing', done: 0, total: 0 })
    try {
      setStage({ at: 'preview', file, preview: await makePreview(file.text, fields, watcher) })
    } catch (error) {
      const fault = error instanceof UnreadableFile ? error.message : explain(error)
      setStage({ at: 'columns', file, fault })
    }
  }
  const write = async ({ plan, rows }: Preview, partial: boolean) => {
    setStage({ at: 'work', label: 'Writing', done: 0, total: plan.steps.length })
    const done = await applyPlan(api, projectFile, plan, partial, watcher)
    for (const name of ['projects', 'clients']) void queries.invalidateQueries({ queryKey: [name] })
    setStage({ at: 'result', result: { done, rows: withFaults(rows, done.faults) } })
  }
  const restart = () => setStage({ at: 'file' })

  return (
    <Mantine>
      <PageHead title={texts.title} />
      <div className={classes.page}>
        {stage.at === 'file' && <DropZone fault={stage.fault} onFile={(file) => void open(file)} />}
        {stage.at === 'columns' && (
          <ColumnMatch
            file={stage.file}
            fault={stage.fault}
            onBack={restart}
            onDone={(fields) => void compare(stage.file, fields)}
          />
        )}
        {stage.at === 'work' && <WorkProgress label={stage.label} done={stage.done} total={stage.total} />}
        {stage.at === 'preview' && (
          <ImportPreview
            preview={stage.preview}
            onBack={() => setStage({ at: 'columns', file: stage.file })}
            onStart={(partial) => void write(stage.preview, partial)}
          />
        )}
        {stage.at === 'result' && <ImportResult result={stage.result} onAgain={restart} />}
      </div>
    </Mantine>
  )
}
