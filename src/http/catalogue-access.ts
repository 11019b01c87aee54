import { type CatalogueEntry, entry } from './catalogue-entry.ts'

/** The errors about who asks and what they may do, 11xxx; a part of the catalogue. */
export const accessErrors = {
  unauthenticated: entry(
    11001,
    401,
    'Credentials are not valid',
    'Send X-TimeTrack-Api-Key and X-TimeTrack-Api-Secret of one key, on the host of its own account; in the web app, sign in. Missing, wrong, swapped, revoked and expired credentials all get this same answer.',
  ),
  forbidden: entry(11002, 403, 'Key may not do this', 'The key is read-only. Use a key with write access.'),
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
  crossOrigin: entry(
    11006,
    403,
    'Change comes from another site',
    'A session allows changes only from pages of this server. Programs use a key and its secret.',
  ),
  sessionNeeded: entry(
    11007,
    403,
    'Not with a key',
    'Keys and sessions are managed by people who are signed in to the web app; no key may do that, whatever its access.',
  ),
  adminNeeded: entry(11008, 403, 'Only for admins', 'Ask an admin of the account to do it.'),
  passwordWrong: entry(
    11009,
    422,
    'Current password is wrong',
    'Send the present password in current. If you have forgotten it, ask for a new sign-in link.',
  ),
  keyNotFound: entry(
    11010,
    404,
    'Key does not exist',
    'No key in use has this id: it never existed, or it was revoked. List the keys to find the right one.',
  ),
  graceRunning: entry(
    11011,
    409,
    'Earlier secret is still valid',
    'At most two secrets of a key are valid. Wait until the time that the detail names, or end the earlier one with POST /keys/{id}/end-grace.',
  ),
  sessionNotFound: entry(
    11012,
    404,
    'Session does not exist',
    'You have no session with this id: it has ended, or it was never yours. List the sessions to find the right one.',
  ),
} satisfies Record<string, CatalogueEntry>
