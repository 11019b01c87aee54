import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { DoorError, door, type Session } from '../api/door.ts'
import { useSessionChange } from '../app/session.tsx'
import { Button } from '../kit/parts/button.tsx'
import { PasswordField } from '../kit/parts/password-field.tsx'
import { useExplain } from '../kit/problem.ts'
import classes from './sign-in.module.css'
import { useSignInText } from './texts.ts'

interface PasswordFormProps {
  /** Why one has to sign in, where that is not plain. */
  readonly reason?: string | undefined
  /** Who was signed in before. */
  readonly before?: Session
  onSignedIn(): void
}

/** Account, where the address names none; username and password. */
export function PasswordForm({ reason, before, onSignedIn }: PasswordFormProps) {
  const signIn = useSignInText()
  const { enter } = useSessionChange()
  const { data: place } = useQuery({
    queryKey: ['place'],
    queryFn: door.place,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const asksAccount = place !== undefined && place.account === null
  const faultOf = useSignInFault(asksAccount)
  const [fields, setFields] = useState({
    account: before?.account ?? '',
    username: before?.user.username ?? '',
    password: '',
  })
  const [fault, setFault] = useState<string>()
  const [isSending, setSending] = useState(false)
  const password = useRef<HTMLInputElement>(null)
  // Of who was here before, only the password is missing.
  useEffect(() => {
    if (before) password.current?.focus()
  }, [before])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setSending(true)
    setFault(undefined)
    const { account, ...person } = fields
    try {
      enter(await door.signIn({ ...person, ...(asksAccount && { account }) }))
      onSignedIn()
    } catch (error) {
      setFault(faultOf(error))
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
      {reason && <p className={classes.hint}>{reason}</p>}
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
      <PasswordField
        ref={password}
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
function useSignInFault(asksAccount: boolean): (error: unknown) => string {
  const signIn = useSignInText()
  const explain = useExplain()
  return (error) => {
    if (!(error instanceof DoorError)) return explain(error)
    if (error.status === 429) return signIn.wait(Math.max(1, error.retryAfter))
    if (error.status === 401 || error.status === 422) return asksAccount ? signIn.failed : signIn.failedHere
    return explain(error)
  }
}
