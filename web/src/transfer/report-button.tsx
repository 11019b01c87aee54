import { useText } from '../i18n/i18n.tsx'
import { Button } from '../kit/parts/button.tsx'
import { downloadCsv, today } from './download.ts'
import { type PreviewRow, reportOf } from './preview.ts'
import { faultSentence } from './row-list.tsx'

/** Downloads what becomes, or became, of every row. */
export function ReportButton({ rows }: { readonly rows: readonly PreviewRow[] }) {
  const text = useText()
  const download = () =>
    downloadCsv(
      `import-${today()}.csv`,
      reportOf(rows, (fault) => faultSentence(fault, text)),
    )
  return (
    <Button variant="default" onClick={download}>
      {text.import.report}
    </Button>
  )
}
