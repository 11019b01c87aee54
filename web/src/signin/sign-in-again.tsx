import type { Session } from '../api/door.ts'
import { PasswordForm } from './password-form.tsx'
import { SignInFrame } from './sign-in-frame.tsx'
import { useSignInText } from './texts.ts'

/** In place of the page whose session has ended: the page is kept, and is there again afterwards. */
export function SignInAgain({ session }: { readonly session: Session }) {
  const signIn = useSignInText()
  return (
    <SignInFrame>
      <PasswordForm reason={signIn.kept} before={session} onSignedIn={() => {}} />
    </SignInFrame>
  )
}
