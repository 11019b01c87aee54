import type { ReactNode } from 'react'
import type { Project } from '../../../src/sdk/index.ts'
import { useFormat, useText } from '../i18n/i18n.tsx'
import classes from './project-page.module.css'

/** What is planned, each over the bar in which what is spent of it will be drawn. */
export function ProjectNumbers({ project }: { readonly project: Project }) {
  const { projects } = useText()
  const format = useFormat()
  const { timeEstimated, budgetEstimated, hourRate } = project
  return (
    <section className={classes.numbers} aria-label={projects.numbers}>
      <Measure
        title={projects.timeCard}
        value={timeEstimated === null ? null : `${format.duration(timeEstimated)} h`}
        toCome={projects.timeToCome}
      />
      <Measure
        title={projects.moneyCard}
        value={budgetEstimated === null ? null : format.money(budgetEstimated)}
        toCome={projects.moneyToCome}
      >
        <p className={classes.rate}>
          {hourRate === null ? projects.noRate : `${format.money(hourRate)} ${projects.perHour}`}
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
  const { projects } = useText()
  return (
    <div className={classes.measure}>
      <h2>{title}</h2>
      <p className={classes.value} data-empty={value === null || undefined}>
        {value ?? projects.notPlanned}
        {value !== null && <span> {projects.planned}</span>}
      </p>
      {children}
      <span className={classes.track} />
      <p className={classes.toCome}>{toCome}</p>
    </div>
  )
}
