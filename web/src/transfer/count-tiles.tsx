import { useFormat } from '../i18n/i18n.tsx'
import classes from './import.module.css'
import type { RowAction } from './preview.ts'
import { useTransferText } from './texts.ts'

/** How many rows are new, changed, unchanged and refused. */
export function CountTiles({ counts }: { readonly counts: Readonly<Record<RowAction, number>> }) {
  const texts = useTransferText()
  const format = useFormat()
  const tiles = [
    { action: 'create', name: texts.created },
    { action: 'update', name: texts.updated },
    { action: 'unchanged', name: texts.unchanged },
    { action: 'refused', name: texts.refused },
  ] as const
  return (
    <dl className={classes.tiles}>
      {tiles.map(({ action, name }) => (
        <div key={action} data-action={action} data-none={counts[action] === 0 || undefined}>
          <dt>{name}</dt>
          <dd>{format.number(counts[action])}</dd>
        </div>
      ))}
    </dl>
  )
}
