import { ClientField } from '../clients/client-field.tsx'
import { useText } from '../i18n/i18n.tsx'
import { Icon } from '../kit/parts/icon.tsx'
import { IconButton } from '../kit/parts/icon-button.tsx'
import page from '../kit/parts/page.module.css'
import { useTyped } from '../kit/parts/use-typed.ts'
import { useProjectText } from './texts.ts'

/** Narrows the list to the clients whose names hold what is typed. */
export function ClientFilter({
  value,
  onChange,
}: {
  readonly value: string
  onChange(client: string): void
}) {
  const { common } = useText()
  const text = useProjectText()
  const [typed, setTyped] = useTyped(value, onChange)
  return (
    <ClientField
      className={page.filter}
      label={text.clientFilter}
      isLabelHidden
      placeholder={text.anyClient}
      value={typed}
      onChange={setTyped}
      right={
        typed !== '' && (
          <IconButton label={common.clear} onClick={() => setTyped('')}>
            <Icon name="close" size={14} />
          </IconButton>
        )
      }
    />
  )
}
