import type { ReactNode } from 'react'
import type { Project } from '../../../src/sdk/index.ts'
import { useFormat } from '../i18n/i18n.tsx'
import classes from './project-page.module.css'
import { useProjectText } from './texts.ts'

/** What is planned, each over the bar in which what is spent of it will be drawn. */
export function ProjectNumbers({ project }: { readonly project: Project }) {
  const { page: text } = useProjectText()
  const format = useFormat()
  const { timeEstimated, budgetEstimated, hourRate } = project
  return (
    <section className={classes.numbers} aria-label={text.numbers}>
      <Measure
        title={text.time}
        value={timeEstimated === null ? null : `${format.duration(timeEstimated)} h`}
        toCome={text.timeToCome}
      />
      <Measure
        title={text.money}
        value={budgetEstimated === null ? null : format.money(budgetEstimated)}
        toCome={text.moneyToCome}
      >
        <p className={classes.rate}>
          {hourRate === null ? text.noRate : `${format.money(hourRate)} ${text.perHour}`}
        </p>
      </Measure>
    </section>
  )
}

interface MeasureProps {
  readonly title: string
  readonly value: string | null
  readonly toCome: string
  readonly children?: ReactNode
}

function Measure({ title, value, toCome, children }: MeasureProps) {
  const { page: text } = useProjectText()
  return (
    <div className={classes.measure}>
      <h2>{title}</h2>
      <p className={classes.value} data-empty={value === null || undefined}>
        {value ?? text.notPlanned}
        {value !== null && <span> {text.planned}</span>}
      </p>
      {children}
      <span className={classes.track} />
      <p className={classes.toCome}>{toCome}</p>
    </div>
  )
}
