import { type FormEvent, useState } from 'react'
import { TimeTrackError } from '../../../src/sdk/index.ts'
import { door } from '../api/door.ts'
import { useSessionChange } from '../app/session.tsx'
import { Button } from '../kit/parts/button.tsx'
import { Icon } from '../kit/parts/icon.tsx'
import { PasswordField } from '../kit/parts/password-field.tsx'
import { EmptyState } from '../kit/parts/states.tsx'
import { useExplain } from '../kit/problem.ts'
import classes from './sign-in.module.css'
import { useSignInText } from './texts.ts'

interface LinkFormProps {
  readonly token: string
  onSignedIn(): void
  onGiveUp(): void
}

const SHORTEST = 8

/** Chooses a password with a one-time link, which signs in. */
export function LinkForm({ token, onSignedIn, onGiveUp }: LinkFormProps) {
  const signIn = useSignInText()
  const explain = useExplain()
  const { enter } = useSessionChange()
  const [password, setPassword] = useState('')
  const [repeated, setRepeated] = useState('')
  const [faults, setFaults] = useState<{ password?: string; repeated?: string; form?: string }>({})
  const [isSending, setSending] = useState(false)
  const [isInvalid, setInvalid] = useState(false)
  const send = async () => {
    setSending(true)
    setFaults({})
    try {
      enter(await door.openLink({ token, password }))
      onSignedIn()
    } catch (error) {
      setSending(false)
      const status = error instanceof TimeTrackError ? error.status : 0
      if (status === 401) setInvalid(true)
      else setFaults({ [status === 422 ? 'password' : 'form']: explain(error) })
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if ([...password].length < SHORTEST) setFaults({ password: signIn.length })
    else if (password === repeated) void send()
    else setFaults({ repeated: signIn.differs })
  }
  if (isInvalid)
    return (
      <EmptyState
        isPage
        icon={<Icon name="key" size={24} />}
        title={signIn.linkInvalid}
        hint={signIn.linkInvalidHint}
      >
        <Button variant="default" onClick={onGiveUp}>
          {signIn.toSignIn}
        </Button>
      </EmptyState>
    )
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <h1>{signIn.choose}</h1>
      <p className={classes.hint}>{signIn.chooseHint}</p>
      <PasswordField
        size="md"
        label={signIn.newPassword}
        description={signIn.length}
        autoComplete="new-password"
        value={password}
        error={faults.password}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
      />
      <PasswordField
        size="md"
        label={signIn.repeat}
        autoComplete="new-password"
        value={repeated}
        error={faults.repeated}
        onChange={({ currentTarget }) => setRepeated(currentTarget.value)}
      />
      {faults.form && (
        <p className={classes.fault} role="alert">
          {faults.form}
        </p>
      )}
      <Button type="submit" size="md" loading={isSending}>
        {signIn.save}
      </Button>
    </form>
  )
}
