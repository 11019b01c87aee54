import { PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { DoorError, door } from '../api/door.ts'
import type { Text } from '../i18n/en.ts'
import { useText } from '../i18n/i18n.tsx'
import { Button } from '../kit/parts/button.tsx'
import { useToast } from '../kit/parts/toasts.tsx'
import { explain } from '../kit/problem.ts'
import { SectionHead } from './section-head.tsx'
import classes from './settings.module.css'

const empty = { current: '', password: '', repeated: '' }
const SHORTEST = 8

type Faults = Partial<Record<keyof typeof empty | 'form', string>>

/** Changes the password of who is signed in. */
export function PasswordSection() {
  const text = useText()
  const { settings, signIn } = text
  const toast = useToast()
  const [fields, setFields] = useState(empty)
  const [faults, setFaults] = useState<Faults>({})
  const [isSending, setSending] = useState(false)
  const send = async () => {
    setSending(true)
    setFaults({})
    try {
      await door.changePassword({ current: fields.current, password: fields.password })
      setFields(empty)
      toast({ text: settings.changed })
    } catch (error) {
      setFaults(faultsOf(error, text))
    }
    setSending(false)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if ([...fields.password].length < SHORTEST) setFaults({ password: signIn.length })
    else if (fields.password === fields.repeated) void send()
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
        <PasswordInput label={settings.current} autoComplete="current-password" {...field('current')} />
        <PasswordInput
          label={signIn.newPassword}
          description={signIn.length}
          autoComplete="new-password"
          {...field('password')}
        />
        <PasswordInput label={signIn.repeat} autoComplete="new-password" {...field('repeated')} />
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

function faultsOf(error: unknown, text: Text): Faults {
  if (!(error instanceof DoorError)) return { form: explain(error, text) }
  if (error.status === 429) return { form: text.signIn.wait(Math.max(1, error.retryAfter)) }
  const pointer = error.errors[0]?.source?.pointer
  if (error.status === 401 || pointer === '/current') return { current: text.settings.currentWrong }
  return pointer === '/password' ? { password: explain(error, text) } : { form: explain(error, text) }
}
