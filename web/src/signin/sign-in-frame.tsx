import { SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'
import { useLanguage } from '../i18n/i18n.tsx'
import icon from '../icon.svg'
import classes from './sign-in.module.css'

/** The quiet page around the forms that come before a session. */
export function SignInFrame({ children }: { readonly children: ReactNode }) {
  const { text, language, speak } = useLanguage()
  return (
    <div className={classes.page}>
      <main className={classes.card}>
        <div className={classes.brand}>
          <img src={icon} alt="" width={40} height={40} />
          <span>TimeTrack</span>
        </div>
        {children}
      </main>
      <footer className={classes.foot}>
        <p>{text.signIn.tagline}</p>
        <SegmentedControl
          size="xs"
          aria-label={text.app.language}
          value={language}
          onChange={(value) => speak(value as typeof language)}
          data={[
            { value: 'en', label: 'English' },
            { value: 'de', label: 'Deutsch' },
          ]}
        />
      </footer>
    </div>
  )
}
