import { PasswordInput } from '@mantine/core'
import type { ComponentProps } from 'react'
import { useText } from '../../i18n/i18n.tsx'

/** A field for a password, which can be shown; the button for that speaks the language of the reader. */
export function PasswordField(props: ComponentProps<typeof PasswordInput>) {
  const { common } = useText()
  return <PasswordInput {...props} visibilityToggleButtonProps={{ 'aria-label': common.togglePassword }} />
}
