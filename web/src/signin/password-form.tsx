import { PasswordInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { DoorError, door } from '../api/door.ts'
import { useSessionChange } from '../app/session.tsx'
import type { Text } from '../i18n/en.ts'
import { useText } from '../i18n/i18n.tsx'
import { Button } from '../kit/parts/button.tsx'
import { explain } from '../kit/problem.ts'
import classes from './sign-in.module.css'

/** Account, where the address names none; username and password. */
export function PasswordForm({ onSignedIn }: { onSignedIn(): void }) {
  const text = useText()
  const { signIn } = text
  const { enter } = useSessionChange()
  const { data: place } = useQuery({
    queryKey: ['place'],
    queryFn: door.place,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [fields, setFields] = useState({ account: '', username: '', password: '' })
  const [fault, setFault] = useState<string>()
  const [isSending, setSending] = useState(false)
  const asksAccount = place !== undefined && place.account === null
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setSending(true)
    setFault(undefined)
    const { account, username, password } = fields
    try {
      enter(await door.signIn({ username, password, ...(asksAccount && { account }) }))
      onSignedIn()
    } catch (error) {
      setFault(faultOf(error, text, asksAccount))
      setSending(false)
    }
  }
  const field = (name: keyof typeof fields) => ({
    name,
    value: fields[name],
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      setFields({ ...fields, [name]: currentTarget.value }),
  })
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <h1>{place?.account ? signIn.to(place.account) : signIn.title}</h1>
      {history.state?.hasEnded && <p className={classes.hint}>{text.errors.sessionEnded}</p>}
      {asksAccount && (
        <TextInput
          size="md"
          label={signIn.account}
          autoComplete="organization"
          autoCapitalize="none"
          spellCheck={false}
          {...field('account')}
        />
      )}
      <TextInput
        size="md"
        label={signIn.username}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        {...field('username')}
      />
      <PasswordInput
        size="md"
        label={signIn.password}
        autoComplete="current-password"
        {...field('password')}
      />
      {fault && (
        <p className={classes.fault} role="alert">
          {fault}
        </p>
      )}
      <Button type="submit" size="md" loading={isSending}>
        {signIn.submit}
      </Button>
      <p className={classes.hint}>{signIn.forgotten}</p>
    </form>
  )
}

/** One answer for a wrong account, name or password; and how long to wait after too many of them. */
function faultOf(error: unknown, text: Text, asksAccount: boolean): string {
  if (!(error instanceof DoorError)) return explain(error, text)
  if (error.status === 429) return text.signIn.wait(Math.max(1, error.retryAfter))
  if (error.status === 401 || error.status === 422)
    return asksAccount ? text.signIn.failed : text.signIn.failedHere
  return explain(error, text)
}
