import type { RowFault } from '../../../src/transfer/row.ts'
import type { Text } from '../i18n/en.ts'
import { useFormat, useText } from '../i18n/i18n.tsx'
import classes from './import.module.css'
import type { PreviewRow } from './preview.ts'

const SHOWN = 200

/** What one fault of a row says to a person: field, and what is wrong with it. */
export function faultSentence({ column, code, detail }: RowFault, text: Text): string {
  const sentence = (code !== undefined && text.errors.byCode[code]) || detail
  const field = typeof column === 'string' ? (text.import.fields[column] ?? column) : undefined
  return field === undefined ? sentence : `${field}: ${sentence}`
}

/** The rows and what becomes of each, those that are refused first. */
export function RowList({ rows }: { readonly rows: readonly PreviewRow[] }) {
  const text = useText()
  const { import: texts, projects } = text
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
              <th scope="col">{projects.one}</th>
              <th scope="col">{projects.client}</th>
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
                      {faultSentence(fault, text)}
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
