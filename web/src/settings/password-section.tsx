import { type FormEvent, useState } from 'react'
import { DoorError, door } from '../api/door.ts'
import { Button } from '../kit/parts/button.tsx'
import { PasswordField } from '../kit/parts/password-field.tsx'
import { useToast } from '../kit/parts/toasts.tsx'
import { useExplain } from '../kit/problem.ts'
import { useWrite } from '../kit/write/use-write.ts'
import { useSignInText } from '../signin/texts.ts'
import { SectionHead } from './section-head.tsx'
import classes from './settings.module.css'
import { useSettingsText } from './texts.ts'

const empty = { current: '', password: '', repeated: '' }
const SHORTEST = 8

type Faults = Partial<Record<keyof typeof empty | 'form', string>>

/** Changes the password of who is signed in. */
export function PasswordSection() {
  const settings = useSettingsText()
  const signIn = useSignInText()
  const toast = useToast()
  const write = useWrite()
  const faultsOf = usePasswordFaults()
  const [fields, setFields] = useState(empty)
  const [faults, setFaults] = useState<Faults>({})
  const [isSending, setSending] = useState(false)
  const { current, password, repeated } = fields
  const send = async () => {
    setSending(true)
    setFaults({})
    try {
      await write({ send: () => door.changePassword({ current, password }), outOfDate: ['sessions'] })
      setFields(empty)
      toast({ text: settings.changed })
    } catch (error) {
      setFaults(faultsOf(error))
    }
    setSending(false)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if ([...password].length < SHORTEST) setFaults({ password: signIn.length })
    else if (password === repeated) void send()
    else setFaults({ repeated: signIn.differs })
  }
  const field = (name: keyof typeof empty) => ({
    value: fields[name],
    error: faults[name],
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      setFields({ ...fields, [name]: currentTarget.value }),
  })
  return (
    <>
      <SectionHead title={settings.passwordTitle} hint={settings.passwordHint} />
      <form className={classes.form} onSubmit={submit} noValidate>
        <PasswordField label={settings.current} autoComplete="current-password" {...field('current')} />
        <PasswordField
          label={signIn.newPassword}
          description={signIn.length}
          autoComplete="new-password"
          {...field('password')}
        />
        <PasswordField label={signIn.repeat} autoComplete="new-password" {...field('repeated')} />
        {faults.form && (
          <p className={classes.fault} role="alert">
            {faults.form}
          </p>
        )}
        <Button type="submit" loading={isSending}>
          {settings.change}
        </Button>
      </form>
    </>
  )
}

function usePasswordFaults(): (error: unknown) => Faults {
  const explain = useExplain()
  const settings = useSettingsText()
  const signIn = useSignInText()
  return (error) => {
    if (!(error instanceof DoorError)) return { form: explain(error) }
    if (error.status === 429) return { form: signIn.wait(Math.max(1, error.retryAfter)) }
    const pointer = error.errors[0]?.source?.pointer
    if (pointer === '/current') return { current: settings.currentWrong }
    return { [pointer === '/password' ? 'password' : 'form']: explain(error) }
  }
}
