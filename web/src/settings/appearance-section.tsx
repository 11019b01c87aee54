import { useState } from 'react'
import { useLanguage, useText } from '../i18n/i18n.tsx'
import { Choice } from '../kit/parts/choice.tsx'
import { keepColorScheme, keptColorScheme } from '../theme/color-scheme.ts'
import { SectionHead } from './section-head.tsx'
import classes from './settings.module.css'
import { useSettingsText } from './texts.ts'

/** How this browser shows the app. */
export function AppearanceSection() {
  const { language, speak } = useLanguage()
  const { app } = useText()
  const settings = useSettingsText()
  const [colorScheme, setColorScheme] = useState(keptColorScheme)
  return (
    <>
      <SectionHead title={settings.appearance} />
      <div className={classes.setting}>
        <div>
          <h3>{app.language}</h3>
          <p>{settings.languageHint}</p>
        </div>
        <Choice
          label={app.language}
          value={language}
          onChange={speak}
          options={[
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
        <Choice
          label={app.appearance}
          value={colorScheme}
          onChange={(value) => {
            keepColorScheme(value)
            setColorScheme(value)
          }}
          options={[
            { value: 'light', label: app.light },
            { value: 'dark', label: app.dark },
            { value: 'auto', label: app.system },
          ]}
        />
      </div>
    </>
  )
}
