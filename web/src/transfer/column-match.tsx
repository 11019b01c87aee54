import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useText } from '../i18n/i18n.tsx'
import { Button } from '../kit/parts/button.tsx'
import classes from './import.module.css'
import { matchColumns } from './match-columns.ts'
import { projectFile } from './project-file.ts'
import type { ReadFile } from './read-file.ts'
import { fieldName, useTransferText } from './texts.ts'

interface ColumnMatchProps {
  readonly file: ReadFile
  readonly fault: string | undefined
  onBack(): void
  onDone(fields: readonly (string | undefined)[]): void
}

/** Says what each column of the file is. */
export function ColumnMatch({ file, fault, onBack, onDone }: ColumnMatchProps) {
  const texts = useTransferText()
  const { common } = useText()
  const [fields, setFields] = useState(() => matchColumns(file.columns.map(({ name }) => name)))
  const nameOf = (field: string) => fieldName(texts, field)
  const missing = projectFile.required.filter((field) => !fields.includes(field))
  const twice = fields.find((field, index) => field && fields.indexOf(field) !== index)
  const options = [
    { value: '', label: texts.ignore },
    ...[...projectFile.fields.keys()].map((field) => ({ value: field, label: nameOf(field) })),
  ]
  return (
    <>
      {fault && (
        <p className={classes.fault} role="alert">
          {fault}
        </p>
      )}
      <div>
        <h2>{texts.columnsTitle}</h2>
        <p className={classes.muted}>
          {file.name} · {texts.columnsHint}
        </p>
      </div>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{texts.column}</th>
            <th scope="col" className={classes.example}>
              {texts.example}
            </th>
            <th scope="col">{texts.field}</th>
          </tr>
        </thead>
        <tbody>
          {file.columns.map(({ name, examples }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other identity, and their order is fixed
            <tr key={index}>
              <th scope="row">{name || '–'}</th>
              <td className={classes.example}>{examples.join(' · ')}</td>
              <td>
                <NativeSelect
                  aria-label={`${texts.field}: ${name}`}
                  value={fields[index] ?? ''}
                  data={options}
                  onChange={({ currentTarget }) =>
                    setFields(fields.with(index, currentTarget.value || undefined))
                  }
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div aria-live="polite" className={classes.needed}>
        {missing.length > 0 && <p>{texts.needed(missing.map(nameOf).join(', '))}</p>}
        {twice && <p>{texts.twice(nameOf(twice))}</p>}
      </div>
      <div className={classes.buttons}>
        <Button disabled={missing.length > 0 || twice !== undefined} onClick={() => onDone(fields)}>
          {texts.check}
        </Button>
        <Button variant="default" onClick={onBack}>
          {common.cancel}
        </Button>
      </div>
    </>
  )
}
