import { type DragEvent, useRef, useState } from 'react'
import { csvRecord } from '../../../src/transfer/csv-write.ts'
import { Button } from '../kit/parts/button.tsx'
import { Icon } from '../kit/parts/icon.tsx'
import { downloadCsv } from './download.ts'
import classes from './import.module.css'
import { useTransferText } from './texts.ts'

interface DropZoneProps {
  /** Why the last file could not be read. */
  readonly fault: string | undefined
  onFile(file: File): void
}

const EXAMPLE = [
  csvRecord([
    'projectName',
    'clientName',
    'projectEnabled',
    'timeEstimated',
    'budgetEstimated',
    'hourRate',
    'notes',
  ]),
  csvRecord(['Website', 'Acme', true, 4800, 4000, 50, 'Offer accepted by telephone.']),
]

/** Takes a file, dropped or chosen. */
export function DropZone({ fault, onFile }: DropZoneProps) {
  const texts = useTransferText()
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file) onFile(file)
  }
  return (
    <>
      {fault && (
        <div className={classes.fault} role="alert">
          <strong>{texts.unreadable}</strong>
          <p>{fault}</p>
        </div>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is for the mouse; the button does it by keyboard */}
      <div
        className={classes.drop}
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <div className={classes.dropIcon}>
          <Icon name="import" size={28} />
        </div>
        <h2>{isOver ? texts.dropNow : texts.drop}</h2>
        <p>{texts.or}</p>
        <Button onClick={() => input.current?.click()}>{texts.choose}</Button>
        <input
          ref={input}
          type="file"
          accept=".csv,.txt,.tsv,text/csv"
          className="hidden-visually"
          aria-label={texts.choose}
          tabIndex={-1}
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? []
            if (file) onFile(file)
          }}
        />
        <p className={classes.small}>{texts.formats}</p>
      </div>
      <p className={classes.muted}>{texts.hint}</p>
      <div>
        <Button variant="default" size="xs" onClick={() => downloadCsv('projects-example.csv', EXAMPLE)}>
          {texts.template}
        </Button>
      </div>
    </>
  )
}
