import { Modal } from '@mantine/core'
import { useState } from 'react'
import { useText } from '../../i18n/i18n.tsx'
import { Button } from '../parts/button.tsx'
import { useFocusBack } from '../parts/use-focus-back.ts'
import classes from './conflict-dialog.module.css'
import { type AnyDraft, changedFields } from './draft.ts'
import { useCovering } from './side-panel.tsx'

type Side = 'mine' | 'theirs'

interface ConflictDialogProps<D extends AnyDraft> {
  readonly title: string
  /** What happened, in a sentence. */
  readonly hint: string
  /** What the editing began with. */
  readonly base: D
  readonly mine: D
  /** What somebody else has saved in the meantime. */
  readonly theirs: D
  readonly names: Readonly<Record<keyof D & string, string>>
  readonly isSaving: boolean
  onCancel(): void
  onChoose(chosen: D): void
  onTakeTheirs(): void
}

/** Shows both versions of what differs; each field starts with the side that was changed, mine where both were. */
export function ConflictDialog<D extends AnyDraft>(props: ConflictDialogProps<D>) {
  const { title, hint, base, mine, theirs, names, isSaving, onCancel, onChoose, onTakeTheirs } = props
  const { conflict, common } = useText()
  useCovering()
  useFocusBack()
  const changedByMe = new Set<string>(changedFields(base, mine))
  const [overruled, setOverruled] = useState<Readonly<Record<string, Side>>>({})
  const sideOf = (field: string): Side => overruled[field] ?? (changedByMe.has(field) ? 'mine' : 'theirs')
  const differing = changedFields(theirs, mine)
  const kept = differing.filter((field) => sideOf(field) === 'mine')
  const chosen = { ...theirs, ...Object.fromEntries(kept.map((field) => [field, mine[field]])) }
  return (
    <Modal
      opened
      onClose={onCancel}
      title={title}
      size="44rem"
      zIndex={300}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <p className={classes.hint}>{hint}</p>
      <div className={classes.fields}>
        {differing.map((field) => (
          <FieldChoice
            key={field}
            name={names[field]}
            theirs={theirs[field]}
            mine={mine[field]}
            side={sideOf(field)}
            onChoose={(side) => setOverruled({ ...overruled, [field]: side })}
          />
        ))}
      </div>
      <div className={classes.buttons}>
        <Button loading={isSaving} onClick={() => onChoose(chosen)}>
          {conflict.save}
        </Button>
        <Button variant="default" disabled={isSaving} onClick={() => onChoose(mine)}>
          {conflict.takeMine}
        </Button>
        <Button variant="default" disabled={isSaving} onClick={onTakeTheirs}>
          {conflict.takeTheirs}
        </Button>
      </div>
    </Modal>
  )
}

interface FieldChoiceProps {
  readonly name: string
  readonly theirs: string | boolean | undefined
  readonly mine: string | boolean | undefined
  readonly side: Side
  onChoose(side: Side): void
}

function FieldChoice({ name, theirs, mine, side, onChoose }: FieldChoiceProps) {
  const { conflict, common } = useText()
  const shown = (value: string | boolean | undefined) => {
    if (typeof value === 'boolean') return value ? common.yes : common.no
    return value || '–'
  }
  const sides = [
    { of: 'theirs', title: conflict.theirs, value: theirs },
    { of: 'mine', title: conflict.mine, value: mine },
  ] as const
  return (
    <fieldset className={classes.choice}>
      <legend>{name}</legend>
      {sides.map(({ of, title, value }) => (
        <label key={of} className={classes.side} data-chosen={side === of || undefined}>
          <input type="radio" name={`conflict-${name}`} checked={side === of} onChange={() => onChoose(of)} />
          <span className={classes.title}>{title}</span>
          <span className={classes.value}>{shown(value)}</span>
        </label>
      ))}
    </fieldset>
  )
}
