import { TimeTrack } from '../../../src/sdk/index.ts'
import { serverUrl } from './place.ts'

/** The server, on behalf of who is signed in. People wait, so it gives up sooner than a script would. */
export const api = new TimeTrack({ baseUrl: serverUrl, retries: 2 })
