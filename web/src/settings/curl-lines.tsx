import { serverUrl } from '../api/place.ts'
import { CopyButton } from '../kit/parts/copy-button.tsx'
import classes from './settings.module.css'
import { useSettingsText } from './texts.ts'

interface CurlLinesProps {
  readonly apiKey: string | undefined
  /** Known only in the moment in which it is made. */
  readonly secret?: string | null
}

/** Commands for this very server, ready to paste. */
export function CurlLines({ apiKey, secret }: CurlLinesProps) {
  const settings = useSettingsText()
  const credentials = [
    `-H "X-TimeTrack-Api-Key: ${apiKey ?? '$TIMETRACK_KEY'}"`,
    `-H "X-TimeTrack-Api-Secret: ${secret ?? '$TIMETRACK_SECRET'}"`,
  ]
  const url = `"${serverUrl}/api/v2/ext/projects"`
  const lines = [
    { title: settings.curlList, parts: [`curl ${url}`, ...credentials] },
    {
      title: settings.curlCreate,
      parts: [
        `curl ${url}`,
        ...credentials,
        '-H "Content-Type: application/json"',
        `-d '{"projectName":"Test project 001","clientName":"Test company"}'`,
      ],
    },
  ]
  return (
    <section className={classes.curl} aria-label={settings.curl}>
      <h3>{settings.curl}</h3>
      <p>{settings.curlHint}</p>
      {lines.map(({ title, parts }) => {
        const command = parts.join(' \\\n  ')
        return (
          <figure key={title} className={classes.command}>
            <figcaption>
              {title}
              <CopyButton text={command} label={settings.curlCopy(title)} />
            </figcaption>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
            <pre tabIndex={0}>{command}</pre>
          </figure>
        )
      })}
    </section>
  )
}
