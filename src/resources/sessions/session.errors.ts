import { type CatalogueEntry, entry } from '../../http/catalogue-entry.ts'

/** The errors of signing in and of sessions, in the range of access. */
export const sessionErrors = {
  signInFailed: entry(
    11003,
    401,
    'Sign-in failed',
    'The account, the username or the password is wrong; the answer does not say which. The operator of the server can make a new sign-in link.',
  ),
  linkInvalid: entry(
    11004,
    401,
    'Sign-in link is not valid',
    'A link works once, within a day, on the host of its account. Ask for a new one: timetrack user link ACCOUNT NAME.',
  ),
  tooManyAttempts: entry(
    11005,
    429,
    'Too many attempts to sign in',
    'Wait for the seconds that Retry-After names; until then no password is checked, not even the right one.',
  ),
  passwordWrong: entry(
    11009,
    422,
    'Current password is wrong',
    'Send the present password in current. If you have forgotten it, ask for a new sign-in link.',
  ),
  notFound: entry(
    11012,
    404,
    'Session does not exist',
    'You have no session with this id: it has ended, or it was never yours. List the sessions to find the right one.',
  ),
} satisfies Record<string, CatalogueEntry>
