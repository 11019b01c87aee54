import { useEffect } from 'react'
import { useFormat } from '../i18n/i18n.tsx'
import bar from './export-button.module.css'
import classes from './import.module.css'
import { useTransferText } from './texts.ts'

interface WorkProgressProps {
  readonly label: 'Comparing' | 'Writing'
  readonly done: number
  readonly total: number
}

/** How far the work is. While projects are written the browser asks before the page is left. */
export function WorkProgress({ label, done, total }: WorkProgressProps) {
  const texts = useTransferText()
  const format = useFormat()
  useEffect(() => {
    if (label !== 'Writing') return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [label])
  const sentence = label === 'Writing' ? texts.writing : texts.comparing
  const shown = sentence(format.number(done), format.number(total))
  return (
    <div className={classes.work} role="status">
      <progress
        className={bar.bar}
        aria-label={shown}
        {...(total > 0 && { max: total, value: Math.min(done, total) })}
      />
      <p>{shown}</p>
    </div>
  )
}
