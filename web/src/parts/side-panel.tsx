import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { useForm } from '../app/use-width.ts'
import { useText } from '../i18n/i18n.tsx'

interface SidePanelProps {
  readonly title: string
  readonly children: ReactNode
  onClose(): void
}

/** What is edited, beside the list that it belongs to; Esc closes it. */
export function SidePanel({ title, children, onClose }: SidePanelProps) {
  const { common } = useText()
  const form = useForm()
  return (
    <Drawer
      opened
      onClose={onClose}
      title={title}
      size={form === 'card' ? '100%' : '28rem'}
      padding="lg"
      overlayProps={{ backgroundOpacity: 0.28 }}
      closeButtonProps={{ 'aria-label': common.close }}
      transitionProps={{ duration: 140 }}
    >
      {children}
    </Drawer>
  )
}
