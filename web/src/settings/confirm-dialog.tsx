import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { useText } from '../i18n/i18n.tsx'
import classes from './settings.module.css'

interface ConfirmDialogProps {
  readonly title: string
  readonly hint: string
  /** What the button that does it says. */
  readonly action: string
  readonly danger?: boolean
  onConfirm(): Promise<void>
  onClose(): void
}

/** Asks before what cannot be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, hint, action, danger = false, onConfirm, onClose } = props
  const { common } = useText()
  const [isBusy, setBusy] = useState(false)
  const confirm = async () => {
    setBusy(true)
    await onConfirm()
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': common.close }}>
      <p className={classes.dialogHint}>{hint}</p>
      <div className={classes.buttons}>
        <Button
          data-autofocus
          className={danger ? (classes.danger ?? '') : ''}
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
