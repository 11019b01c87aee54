// What the API has against a project is said there.
import '../projects/texts.ts'
import type { RowFault } from '../../../src/transfer/row.ts'
import { useFormat, useLanguage } from '../i18n/i18n.tsx'
import { errorText } from '../i18n/texts.ts'
import classes from './import.module.css'
import type { PreviewRow } from './preview.ts'
import { fieldName, useTransferText } from './texts.ts'

const SHOWN = 200

/** What one fault of a row says to a person: field, and what is wrong with it. */
export function useFaultSentence(): (fault: RowFault) => string {
  const { language } = useLanguage()
  const texts = useTransferText()
  const format = useFormat()
  return ({ column, code, detail, sameAs }) => {
    const own = sameAs === undefined ? code && errorText(code, language) : texts.sameAs(format.number(sameAs))
    const sentence = own || detail
    return typeof column === 'string' ? `${fieldName(texts, column)}: ${sentence}` : sentence
  }
}

/** The rows and what becomes of each, those that are refused first. */
export function RowList({ rows }: { readonly rows: readonly PreviewRow[] }) {
  const texts = useTransferText()
  const sentenceOf = useFaultSentence()
  const format = useFormat()
  const ordered = [
    ...rows.filter(({ action }) => action === 'refused'),
    ...rows.filter(({ action }) => action !== 'refused'),
  ]
  return (
    <>
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{texts.line}</th>
              <th scope="col">{texts.what}</th>
              <th scope="col">{texts.fields.projectName}</th>
              <th scope="col">{texts.fields.clientName}</th>
            </tr>
          </thead>
          <tbody>
            {ordered.slice(0, SHOWN).map(({ line, action, project, faults }) => (
              <tr key={line}>
                <td className={classes.line}>{format.number(line)}</td>
                <td>
                  <span className={classes.action} data-action={action}>
                    {texts.actions[action]}
                  </span>
                </td>
                <td>
                  <p>{project.projectName}</p>
                  {faults.map((fault) => (
                    <p key={`${fault.column} ${fault.detail}`} className={classes.why}>
                      {sentenceOf(fault)}
                    </p>
                  ))}
                </td>
                <td>{project.clientName}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > SHOWN && <p className={classes.muted}>{texts.firstRows(format.number(SHOWN))}</p>}
    </>
  )
}
