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
  readonly danger?: boolean
  onConfirm(): void | Promise<void>
  onClose(): void
}

/** Asks before what cannot be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, hint, action, danger = false, onConfirm, onClose } = props
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
          data-autofocus
          variant={danger ? 'danger' : 'filled'}
          loading={isBusy}
          onClick={() => void confirm()}
        >
          {action}
        </Button>
        <Button variant="default" onClick={onClose}>
          {common.cancel}
        </Button>
      </div>
    </Modal>
  )
}
