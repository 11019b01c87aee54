import type { Done } from '../../../src/transfer/apply.ts'
import { Button, ButtonLink } from '../kit/parts/button.tsx'
import { useExplain } from '../kit/problem.ts'
import { CountTiles } from './count-tiles.tsx'
import classes from './import.module.css'
import { countOf, type PreviewRow } from './preview.ts'
import { ReportButton } from './report-button.tsx'
import { RowList } from './row-list.tsx'
import { useTransferText } from './texts.ts'

export interface Result {
  readonly done: Done
  readonly rows: readonly PreviewRow[]
}

/** What has been written, and a report of it. */
export function ImportResult({
  result: { done, rows },
  onAgain,
}: {
  readonly result: Result
  onAgain(): void
}) {
  const texts = useTransferText()
  const explain = useExplain()
  const { created, updated, stopped } = done
  const planned = countOf(rows)
  const title =
    stopped !== undefined ? texts.stopped : created + updated > 0 ? texts.doneTitle : texts.doneNothing
  return (
    <>
      <div role="status">
        <h2>{title}</h2>
      </div>
      {stopped !== undefined && (
        <div className={classes.fault} role="alert">
          <p>{explain(stopped)}</p>
          {created + updated > 0 && <p>{texts.stoppedHint}</p>}
        </div>
      )}
      <CountTiles counts={{ ...planned, create: created, update: updated }} />
      <div className={classes.buttons}>
        <ButtonLink href="/projects">{texts.toProjects}</ButtonLink>
        <ReportButton rows={rows} />
        <Button variant="default" onClick={onAgain}>
          {texts.again}
        </Button>
      </div>
      <RowList rows={rows} />
    </>
  )
}
