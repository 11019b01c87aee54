import { useEffect, useRef, useState } from 'react'

/** Keys that come together are one search; results have to be there 150 ms after the last. */
const PAUSE_MS = 10

/**
 * What is typed into a field whose value lives elsewhere, as in the address, and is sent there after a pause.
 * Where that changes by itself, as by the back button, so does what is in the field.
 */
export function useTyped(value: string, send: (value: string) => void) {
  const [typed, setTyped] = useState(value)
  const [sent, setSent] = useState(value)
  const latest = useRef(send)
  latest.current = send
  if (value !== sent) {
    setSent(value)
    setTyped(value)
  }
  useEffect(() => {
    if (typed === sent) return
    const timer = setTimeout(() => {
      setSent(typed)
      latest.current(typed)
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed, sent])
  return [typed, setTyped] as const
}
