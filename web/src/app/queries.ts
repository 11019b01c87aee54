import { QueryCache, QueryClient } from '@tanstack/react-query'
import type { TimeTrackError } from '../../../src/sdk/index.ts'
import { isSignedIn, isSignedOut, sessionKey } from '../api/session.ts'

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: TimeTrackError | Error
  }
}

export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError(error, { queryKey }) {
      // Whatever finds that the session has ended, all pages learn it.
      if (isSignedOut(error) && queryKey[0] !== sessionKey[0]) void isSignedIn(queries)
    },
  }),
  defaultOptions: {
    // The client of the API tries again by itself.
    queries: { retry: false, staleTime: 10_000, gcTime: 5 * 60_000 },
    mutations: { retry: false, networkMode: 'always' },
  },
})
