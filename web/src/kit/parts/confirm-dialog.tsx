import { Modal } from '@mantine/core'
import { useState } from 'react'
import { useText } from '../../i18n/i18n.tsx'
import { Button } from './button.tsx'
import classes from './confirm-dialog.module.css'
import { useFocusBack } from './use-focus-back.ts'

interface ConfirmDialogProps {
  readonly title: string
  readonly hint?: string
  /** What the button that does it says. */
  readonly action: string
  /** Loses something: Enter alone does not do it. */
  readonly danger?: boolean
  /** What the button that does nothing says, if it is not "Cancel". */
  readonly cancel?: string
  onConfirm(): void | Promise<void>
  onClose(): void
}

/** Asks before what cannot be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, hint, action, danger = false, cancel, onConfirm, onClose } = props
  const { common } = useText()
  useFocusBack()
  const [isBusy, setBusy] = useState(false)
  const confirm = async () => {
    setBusy(true)
    await onConfirm()
    onClose()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      zIndex={400}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      {hint && <p className={classes.hint}>{hint}</p>}
      <div className={classes.buttons}>
        <Button
          data-autofocus={!danger || undefined}
          variant={danger ? 'danger' : 'filled'}
          loading={isBusy}
          onClick={() => void confirm()}
        >
          {action}
        </Button>
        <Button data-autofocus={danger || undefined} variant="default" onClick={onClose}>
          {cancel ?? common.cancel}
        </Button>
      </div>
    </Modal>
  )
}
