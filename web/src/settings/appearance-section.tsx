import { SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { useLanguage } from '../i18n/i18n.tsx'
import { SectionHead } from './section-head.tsx'
import classes from './settings.module.css'

/** How this browser shows the app. */
export function AppearanceSection() {
  const { text, language, speak } = useLanguage()
  const { app, settings } = text
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <>
      <SectionHead title={settings.appearance} />
      <div className={classes.setting}>
        <div>
          <h3>{app.language}</h3>
          <p>{settings.languageHint}</p>
        </div>
        <SegmentedControl
          aria-label={app.language}
          value={language}
          onChange={(value) => speak(value as typeof language)}
          data={[
            { value: 'en', label: 'English' },
            { value: 'de', label: 'Deutsch' },
          ]}
        />
      </div>
      <div className={classes.setting}>
        <div>
          <h3>{app.appearance}</h3>
          <p>{settings.appearanceHint}</p>
        </div>
        <SegmentedControl
          aria-label={app.appearance}
          value={colorScheme}
          onChange={(value) => setColorScheme(value as typeof colorScheme)}
          data={[
            { value: 'light', label: app.light },
            { value: 'dark', label: app.dark },
            { value: 'auto', label: app.system },
          ]}
        />
      </div>
    </>
  )
}
