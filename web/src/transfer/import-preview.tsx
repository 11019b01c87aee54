import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useFormat } from '../i18n/i18n.tsx'
import { Button } from '../kit/parts/button.tsx'
import { CountTiles } from './count-tiles.tsx'
import classes from './import.module.css'
import type { Preview } from './preview.ts'
import { ReportButton } from './report-button.tsx'
import { RowList } from './row-list.tsx'
import { useTransferText } from './texts.ts'

interface ImportPreviewProps {
  readonly preview: Preview
  onBack(): void
  onStart(partial: boolean): void
}

/** What would happen; where rows are refused, nothing does unless the reader leaves them out. */
export function ImportPreview({ preview, onBack, onStart }: ImportPreviewProps) {
  const texts = useTransferText()
  const format = useFormat()
  const [partial, setPartial] = useState(false)
  const { counts, plan, rows } = preview
  const writes = plan.steps.length
  const isBlocked = counts.refused > 0 && !partial
  return (
    <>
      <h2>{texts.previewTitle}</h2>
      <CountTiles counts={counts} />
      {counts.refused > 0 && (
        <div className={classes.choice}>
          <p>{texts.allOrNothing}</p>
          <Checkbox
            label={texts.partial}
            checked={partial}
            onChange={({ currentTarget }) => setPartial(currentTarget.checked)}
          />
        </div>
      )}
      {writes === 0 && counts.refused === 0 && <p className={classes.muted}>{texts.previewNothing}</p>}
      <div className={classes.buttons}>
        {writes > 0 && (
          <Button disabled={isBlocked} onClick={() => onStart(partial)}>
            {writes === 1 ? texts.startOne : texts.start(format.number(writes))}
          </Button>
        )}
        <ReportButton rows={rows} />
        <Button variant="default" onClick={onBack}>
          {texts.back}
        </Button>
      </div>
      <RowList rows={rows} />
    </>
  )
}
