import { Modal } from '@mantine/core'
import type { KeyWithSecret } from '../../../src/sdk/index.ts'
import { useText } from '../i18n/i18n.tsx'
import { Button } from '../kit/parts/button.tsx'
import { CopyButton } from '../kit/parts/copy-button.tsx'
import { useFocusBack } from '../kit/parts/use-focus-back.ts'
import { CurlLines } from './curl-lines.tsx'
import classes from './settings.module.css'
import { useSettingsText } from './texts.ts'

interface SecretDialogProps {
  readonly shown: KeyWithSecret
  onClose(): void
}

/** The one time that a secret is shown. A click beside it does not close it. */
export function SecretDialog({ shown: { key, secret }, onClose }: SecretDialogProps) {
  const settings = useSettingsText()
  const { common } = useText()
  useFocusBack()
  return (
    <Modal
      opened
      onClose={onClose}
      title={settings.secretTitle}
      size="44rem"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <p className={classes.dialogHint}>{settings.secretHint}</p>
      <dl className={classes.secret}>
        <dt>{settings.keyText}</dt>
        <dd>
          <code>{key}</code>
          <CopyButton text={key} label={settings.keyCopy} />
        </dd>
        <dt>{settings.secret}</dt>
        <dd>
          <code>{secret}</code>
          <CopyButton text={secret ?? ''} label={settings.secretCopy} />
        </dd>
      </dl>
      <CurlLines apiKey={key} secret={secret} />
      <div className={classes.buttons}>
        <Button onClick={onClose}>{settings.done}</Button>
      </div>
    </Modal>
  )
}
