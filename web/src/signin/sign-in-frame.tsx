import type { ReactNode } from 'react'
import { useLanguage, useText } from '../i18n/i18n.tsx'
import icon from '../icon.svg'
import { Choice } from '../kit/parts/choice.tsx'
import { useTitle } from '../kit/parts/use-title.ts'
import { Mantine } from '../theme/mantine.tsx'
import classes from './sign-in.module.css'
import { useSignInText } from './texts.ts'

/** The quiet page around the forms that come before a session. */
export function SignInFrame({ children }: { readonly children: ReactNode }) {
  const { language, speak } = useLanguage()
  const { app } = useText()
  const signIn = useSignInText()
  useTitle(signIn.title)
  return (
    <div className={classes.page}>
      <main className={classes.card}>
        <div className={classes.brand}>
          <img src={icon} alt="" width={40} height={40} />
          <span>TimeTrack</span>
        </div>
        <Mantine>{children}</Mantine>
      </main>
      <footer className={classes.foot}>
        <p>{signIn.tagline}</p>
        <Choice
          small
          label={app.language}
          value={language}
          onChange={speak}
          options={[
            { value: 'en', label: 'English' },
            { value: 'de', label: 'Deutsch' },
          ]}
        />
      </footer>
    </div>
  )
}
