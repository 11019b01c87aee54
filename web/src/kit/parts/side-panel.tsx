import { Drawer } from '@mantine/core'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useText } from '../../i18n/i18n.tsx'
import { Mantine } from '../../theme/mantine.tsx'
import { useForm } from '../use-width.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { useFocusBack } from './use-focus-back.ts'

interface SidePanelProps {
  readonly title: string
  readonly children: ReactNode
  onClose(): void
}

/** What a panel has to know of what is in it. */
interface Contents {
  /** Closing the panel would lose what was typed. */
  isUnsaved: boolean
  /** A dialog lies over the panel: Esc is meant for that. */
  isCovered: boolean
}

const Panel = createContext<Contents>({ isUnsaved: false, isCovered: false })

export function useUnsaved(isUnsaved: boolean): void {
  const panel = useContext(Panel)
  useEffect(() => {
    panel.isUnsaved = isUnsaved
  }, [panel, isUnsaved])
}

export function useCovering(): void {
  const panel = useContext(Panel)
  useEffect(() => {
    panel.isCovered = true
    return () => {
      panel.isCovered = false
    }
  }, [panel])
}

/** What is edited, beside the list that it belongs to. Esc closes it, but asks before something typed is lost. */
export function SidePanel({ title, children, onClose }: SidePanelProps) {
  const { common } = useText()
  useFocusBack()
  const form = useForm()
  const [panel] = useState<Contents>(() => ({ isUnsaved: false, isCovered: false }))
  const [isAsking, setAsking] = useState(false)
  const close = () => {
    if (panel.isCovered || isAsking) return
    if (panel.isUnsaved) setAsking(true)
    else onClose()
  }
  return (
    <Mantine>
      <Panel value={panel}>
        <Drawer
          opened
          onClose={close}
          title={title}
          size={form === 'card' ? '100%' : '28rem'}
          padding="lg"
          overlayProps={{ backgroundOpacity: 0.28 }}
          closeButtonProps={{ 'aria-label': common.close }}
          transitionProps={{ duration: 140 }}
        >
          {children}
        </Drawer>
        {isAsking && (
          <ConfirmDialog
            title={common.unsaved}
            action={common.discard}
            danger
            onConfirm={onClose}
            onClose={() => setAsking(false)}
          />
        )}
      </Panel>
    </Mantine>
  )
}
