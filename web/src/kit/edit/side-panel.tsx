import { Drawer } from '@mantine/core'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { useText } from '../../i18n/i18n.tsx'
import { Mantine } from '../../theme/mantine.tsx'
import { ConfirmDialog } from '../parts/confirm-dialog.tsx'
import { useFocusBack } from '../parts/use-focus-back.ts'
import { useWidth } from '../use-width.ts'
import { useGuard } from './use-guard.ts'

interface SidePanelProps {
  readonly title: string
  readonly children: ReactNode
  onClose(): void
}

/** A panel, for what is in it. */
interface Panel {
  /** Closing it would lose what was typed. */
  isUnsaved: boolean
  /** A dialog lies over it: Esc is meant for that. */
  isCovered: boolean
  /** Closes it, but asks before something typed is lost. */
  close(): void
  /** Closes it: what was typed is saved, or no longer wanted. */
  leave(): void
}

const Context = createContext<Panel>({ isUnsaved: false, isCovered: false, close() {}, leave() {} })

export const usePanel = (): Pick<Panel, 'close' | 'leave'> => useContext(Context)

export function useUnsaved(isUnsaved: boolean): void {
  const panel = useContext(Context)
  useEffect(() => {
    panel.isUnsaved = isUnsaved
  }, [panel, isUnsaved])
}

export function useCovering(): void {
  const panel = useContext(Context)
  useEffect(() => {
    panel.isCovered = true
    return () => {
      panel.isCovered = false
    }
  }, [panel])
}

/** What is edited, beside the list that it belongs to. Whatever would close it asks before something typed is lost. */
export function SidePanel({ title, children, onClose }: SidePanelProps) {
  const { common } = useText()
  useFocusBack()
  const isNarrow = useWidth() === 'narrow'
  const [isAsking, setAsking] = useState(false)
  const latest = useRef(onClose)
  latest.current = onClose
  const hasLeft = useRef(false)
  const panel = useMemo<Panel>(
    () => ({
      isUnsaved: false,
      isCovered: false,
      close() {
        if (panel.isCovered) return
        if (panel.isUnsaved) setAsking(true)
        else panel.leave()
      },
      leave() {
        panel.isUnsaved = false
        // It may be saved when it was given up already: then there is nothing left to close.
        if (hasLeft.current) return
        hasLeft.current = true
        latest.current()
      },
    }),
    [],
  )
  useGuard({
    isUnsaved: () => panel.isUnsaved,
    ask: () => setAsking(true),
    question: common.unsaved,
  })
  return (
    <Mantine>
      <Context value={panel}>
        <Drawer
          opened
          onClose={() => !isAsking && panel.close()}
          title={title}
          size={isNarrow ? '100%' : '28rem'}
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
            cancel={common.keepEditing}
            onConfirm={panel.leave}
            onClose={() => setAsking(false)}
          />
        )}
      </Context>
    </Mantine>
  )
}
