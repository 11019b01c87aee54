import { type RefObject, startTransition, useCallback, useEffect, useLayoutEffect, useState } from 'react'

/** Rows drawn above and below those in sight, so that scrolling meets no gap. */
const MARGIN = 10

interface RowRange {
  /** The first row in sight, and the last. */
  readonly first: number
  readonly last: number
}

interface RowWindow {
  readonly range: RowRange
  /** The rows to draw, in their order. */
  readonly drawn: readonly number[]
  /** Scrolls no further than needed for the row to be in sight. */
  show(row: number): void
}

interface Rows {
  readonly count: number
  /** All are as high as each other. */
  readonly height: number
  /** Which list they are of. */
  readonly view: string
  /** A row that is drawn wherever it is: it has the focus, which would be lost with it. */
  readonly kept: number
  /** What is in front of the rows and stays while they scroll. */
  readonly head: RefObject<HTMLElement | null>
}

/** Which rows of a long list are to be drawn: at first the ones in sight, and those around them when these are painted. */
export function useRowWindow(scroll: RefObject<HTMLElement | null>, rows: Rows): RowWindow {
  const { count, height, view, kept, head } = rows
  // A guess until it can be measured, so that rows are there at the first paint.
  const [range, setRange] = useState<RowRange>({ first: 0, last: Math.floor(innerHeight / height) - 4 })
  const [isPainted, setPainted] = useState(false)
  const measure = useCallback(() => {
    if (!scroll.current) return
    const { scrollTop, clientHeight } = scroll.current
    const room = clientHeight - (head.current?.offsetHeight ?? 0)
    const first = Math.floor(scrollTop / height)
    const last = Math.max(first, Math.ceil((scrollTop + room) / height) - 1)
    setRange((before) => (before.first === first && before.last === last ? before : { first, last }))
  }, [scroll, head, height])
  useLayoutEffect(() => {
    const element = scroll.current
    if (!element) return
    measure()
    const resized = new ResizeObserver(measure)
    resized.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    return () => {
      resized.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [scroll, measure])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view starts at its top
  useLayoutEffect(() => {
    scroll.current?.scrollTo({ top: 0 })
  }, [scroll, view])
  useEffect(() => startTransition(() => setPainted(true)), [])

  const margin = isPainted ? MARGIN : 0
  const from = Math.max(0, Math.min(range.first, count - 1) - margin)
  const to = Math.min(count - 1, range.last + margin)
  const drawn = Array.from({ length: Math.max(0, to - from + 1) }, (_, place) => from + place)
  if (kept < from) drawn.unshift(kept)
  else if (kept > to && kept < count) drawn.push(kept)

  const show = (row: number) => {
    const element = scroll.current
    if (!element) return
    const room = element.clientHeight - (head.current?.offsetHeight ?? 0)
    const top = Math.max(Math.min(element.scrollTop, row * height), (row + 1) * height - room)
    element.scrollTo({ top })
  }
  return { range, drawn, show }
}
