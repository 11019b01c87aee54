import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react'
import { type Notice, Toast } from './toast.tsx'
import classes from './toasts.module.css'

type Show = (notice: Notice) => void

const Context = createContext<Show>(() => {})

const MOST = 3

/** Short notices at the edge of the window, which leave by themselves and are read out. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<readonly (Notice & { id: number })[]>([])
  const last = useRef(0)
  const show = useCallback<Show>((notice) => {
    last.current += 1
    const id = last.current
    setShown((present) => [...present.slice(1 - MOST), { ...notice, id }])
  }, [])
  const remove = useCallback((id: number) => {
    setShown((present) => present.filter((notice) => notice.id !== id))
  }, [])
  const toasts = useMemo(
    () => shown.map((notice) => <Toast key={notice.id} notice={notice} onEnd={() => remove(notice.id)} />),
    [shown, remove],
  )
  return (
    <Context value={show}>
      {children}
      <section className={classes.toasts} aria-live="polite" aria-relevant="additions">
        {toasts}
      </section>
    </Context>
  )
}

export const useToast = (): Show => useContext(Context)
