const plural = (count: number, one: string, many: string) => (count === 1 ? one : many)

export const signInEn = {
  title: 'Sign in',
  to: (account: string) => `Sign in to ${account}`,
  account: 'Account',
  username: 'Username',
  password: 'Password',
  submit: 'Sign in',
  failed: 'The account, username or password is wrong.',
  failedHere: 'The username or password is wrong.',
  wait: (seconds: number) =>
    `Too many attempts. Try again in ${seconds < 90 ? `${seconds} ${plural(seconds, 'second', 'seconds')}` : `${Math.ceil(seconds / 60)} minutes`}.`,
  forgotten: 'Forgot your password? Ask your administrator for a sign-in link.',
  ended: 'Your session has ended. Sign in again to go on.',
  kept: 'Your session has ended. Sign in again to go on where you were: what you have typed is still there.',
  choose: 'Choose a password',
  chooseHint: 'This link signs you in once. After that, sign in with your password.',
  newPassword: 'New password',
  repeat: 'Repeat the password',
  length: 'At least 8 characters.',
  differs: 'The two passwords are not the same.',
  save: 'Save and sign in',
  linkInvalid: 'This link has been used or has expired.',
  linkInvalidHint: 'Ask your administrator for a new one.',
  toSignIn: 'To the sign-in page',
  tagline: 'Projects, time and budgets in one calm place.',
}
