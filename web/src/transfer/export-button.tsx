import { useEffect, useRef, useState } from 'react'
import type { Query } from '../../../src/sdk/index.ts'
import { api } from '../api/api.ts'
import { useFormat, useText } from '../i18n/i18n.tsx'
import { Button } from '../kit/parts/button.tsx'
import { Icon } from '../kit/parts/icon.tsx'
import page from '../kit/parts/page.module.css'
import { useToast } from '../kit/parts/toasts.tsx'
import classes from './export-button.module.css'
import { useTransferText } from './texts.ts'

const PAGE = 1_000
const BETWEEN_MS = 100

/** Writes every project of the view into a CSV file. */
export function ExportButton({ query }: { readonly query: Query }) {
  const texts = useTransferText()
  const { common } = useText()
  const format = useFormat()
  const toast = useToast()
  const [progress, setProgress] = useState<{ done: number; total: number }>()
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  const run = async () => {
    const control = new AbortController()
    running.current = control
    setProgress({ done: 0, total: 0 })
    try {
      const count = await exportCsv(query, control.signal, (done, total) => setProgress({ done, total }))
      toast({ text: texts.exported(format.number(count)) })
    } catch {
      if (!control.signal.aborted) toast({ text: texts.exportFailed, kind: 'failed' })
    }
    setProgress(undefined)
  }

  if (!progress)
    return (
      <button type="button" className={page.link} onClick={() => void run()}>
        <Icon name="export" size={16} />
        <span>{texts.export}</span>
      </button>
    )
  return (
    <div className={classes.running}>
      <progress
        className={classes.bar}
        max={progress.total || 1}
        value={progress.done}
        aria-label={texts.export}
      />
      <span>{texts.exporting(format.number(progress.done), format.number(progress.total))}</span>
      <Button size="xs" variant="default" onClick={() => running.current?.abort()}>
        {common.cancel}
      </Button>
    </div>
  )
}

async function exportCsv(
  query: Query,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<number> {
  const { csvHeader, csvLine } = await import('../../../src/transfer/csv-write.ts')
  const { projectFile } = await import('./project-file.ts')
  const { downloadCsv, today } = await import('./download.ts')
  const { total = 0 } = await api.projects.list({ ...query, limit: 0 }, { count: true, signal })
  const parts = [csvHeader(projectFile)]
  let shown = 0
  for await (const project of api.projects.all({ ...query, limit: PAGE }, { signal })) {
    parts.push(csvLine(projectFile, project))
    if (performance.now() - shown < BETWEEN_MS) continue
    shown = performance.now()
    onProgress(parts.length - 1, total)
  }
  downloadCsv(`projects-${today()}.csv`, parts)
  return parts.length - 1
}
