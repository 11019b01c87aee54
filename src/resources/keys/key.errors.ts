import { type CatalogueEntry, entry } from '../../http/catalogue-entry.ts'

/** The errors of keys, in the range of access. */
export const keyErrors = {
  notFound: entry(
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
} satisfies Record<string, CatalogueEntry>
