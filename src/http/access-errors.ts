import { type CatalogueEntry, entry } from './catalogue-entry.ts'

/** Who asks and what they may do, 11xxx. */
export const accessErrors = {
  unauthenticated: entry(
    11001,
    401,
    'Credentials are not valid',
    'Send X-TimeTrack-Api-Key and X-TimeTrack-Api-Secret of one key, on the host of its own account; in the web app, sign in. Missing, wrong, swapped, revoked and expired credentials all get this same answer.',
  ),
  forbidden: entry(11002, 403, 'Key may not do this', 'The key is read-only. Use a key with write access.'),
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
} satisfies Record<string, CatalogueEntry>
