import { TimeTrack, TimeTrackError } from '../../sdk/index.ts'
import { CommandError } from '../command-error.ts'

export interface Connection {
  readonly url: string
  readonly key: string | undefined
  readonly secret: string | undefined
}

/** A client of the server that the options and the environment name. */
export function connect({ url, key, secret }: Connection): TimeTrack {
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new CommandError(`"${url}" is not the address of a server, such as http://127.0.0.1:3000.`, true)
  if (!key) throw new CommandError('No key: give --key, or set TIMETRACK_KEY.', true)
  if (!secret)
    throw new CommandError(
      'No secret: set TIMETRACK_SECRET. There is no option for it, because others could see that.',
      true,
    )
  return new TimeTrack({ baseUrl: url, key, secret })
}

/** Explains an error of the client to whoever runs the command. */
export function explain(error: unknown, url: string): string {
  if (!(error instanceof TimeTrackError)) return error instanceof Error ? error.message : String(error)
  if (error.status === 0) return `${error.message}. Check --url (${url}), and that the server is running.`
  return error.requestId ? `${error.message} (request ${error.requestId})` : error.message
}
