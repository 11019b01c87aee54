import { Button } from '../kit/parts/button.tsx'
import { downloadCsv, today } from './download.ts'
import { type PreviewRow, reportOf } from './preview.ts'
import { useFaultSentence } from './row-list.tsx'
import { useTransferText } from './texts.ts'

/** Downloads what becomes, or became, of every row. */
export function ReportButton({ rows }: { readonly rows: readonly PreviewRow[] }) {
  const texts = useTransferText()
  const sentenceOf = useFaultSentence()
  const download = () => downloadCsv(`import-${today()}.csv`, reportOf(rows, sentenceOf))
  return (
    <Button variant="default" onClick={download}>
      {texts.report}
    </Button>
  )
}
