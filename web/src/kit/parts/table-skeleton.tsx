import { useText } from '../../i18n/i18n.tsx'
import { useWidth } from '../use-width.ts'
import classes from './table-skeleton.module.css'

/** The table before its first rows are there. */
export function TableSkeleton() {
  const { common } = useText()
  const width = useWidth()
  return (
    <div className={classes.skeleton} data-width={width} role="status" aria-label={common.loading}>
      {Array.from({ length: 18 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
        <span key={row} className={classes.row} />
      ))}
    </div>
  )
}
