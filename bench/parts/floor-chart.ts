import type { SizeResult } from './floor-size.ts'

const WIDTH = 860
const PANEL_WIDTH = 420
const NAME_WIDTH = 90
const BAR_WIDTH = 240
const BAR = 15
const HEADING = 26
const GAP = 14

/** Requests a second as bars, with a panel for each measure; only bars of one panel can be compared. */
export function chartOf({ measures, accounts, each }: SizeResult): string {
  const parts: string[] = []
  let top = GAP
  for (let at = 0; at < measures.length; at += 2) {
    const row = measures.slice(at, at + 2)
    row.forEach(({ measure, results }, column) => {
      const bars = results.map(({ program, perSecond }) => ({ program, value: perSecond.median }))
      parts.push(panel(measure, bars, GAP + column * PANEL_WIDTH, top))
    })
    top += HEADING + Math.max(...row.map(({ results }) => results.length)) * (BAR + 4) + GAP
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${top}" viewBox="0 0 ${WIDTH} ${top}" role="img" aria-label="Requests a second with ${accounts} × ${each} projects">
<style>
  text { font: 12px system-ui, sans-serif; fill: #24292f }
  .heading { font-weight: 600 }
  rect { fill: #8c959f }
  .timetrack { fill: #0969da }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    rect { fill: #6e7681 }
    .timetrack { fill: #4493f8 }
  }
</style>
${parts.join('\n')}
</svg>
`
}

function panel(
  heading: string,
  bars: { program: string; value: number }[],
  left: number,
  top: number,
): string {
  const most = Math.max(...bars.map(({ value }) => value))
  const lines = bars.map(({ program, value }, index) => {
    const y = top + HEADING + index * (BAR + 4)
    const width = Math.max(1, (BAR_WIDTH * value) / most)
    return `<text x="${left}" y="${y + 12}">${program}</text><rect class="${program}" x="${left + NAME_WIDTH}" y="${y}" width="${width.toFixed(1)}" height="${BAR}"/><text x="${(left + NAME_WIDTH + width + 6).toFixed(1)}" y="${y + 12}">${perSecondText(value)}</text>`
  })
  return [`<text class="heading" x="${left}" y="${top + 14}">${heading}, requests/s</text>`, ...lines].join(
    '\n',
  )
}

/** Small figures have a decimal. */
export const perSecondText = (value: number): string =>
  value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en-US')
