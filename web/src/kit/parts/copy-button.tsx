import { useState } from 'react'
import { useText } from '../../i18n/i18n.tsx'
import { copyText } from './copy-text.ts'
import { Icon } from './icon.tsx'
import { IconButton } from './icon-button.tsx'

interface CopyButtonProps {
  readonly text: string
  readonly label: string
}

const SHOWN_MS = 2_000

/** Copies a text and says so. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const { common } = useText()
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    if (!(await copyText(text))) return
    setCopied(true)
    setTimeout(() => setCopied(false), SHOWN_MS)
  }
  return (
    <>
      <IconButton label={label} onClick={() => void copy()}>
        {isCopied ? <Icon name="check" size={16} /> : <Icon name="copy" size={16} />}
      </IconButton>
      <span className="hidden-visually" role="status">
        {isCopied && common.copied}
      </span>
    </>
  )
}
