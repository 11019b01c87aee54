import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { TimeTrackError } from '../../../src/sdk/index.ts'
import { sessionKey } from './session.tsx'

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: TimeTrackError | Error
  }
}

/** Whatever finds that the session has ended, all pages learn it. */
const noticeEnd = (error: unknown, own: boolean) => {
  if (!own && error instanceof TimeTrackError && error.status === 401)
    void queries.resetQueries({ queryKey: sessionKey })
}

export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => noticeEnd(error, query.queryKey[0] === sessionKey[0]),
  }),
  mutationCache: new MutationCache({ onError: (error) => noticeEnd(error, false) }),
  defaultOptions: {
    // The client of the API tries again by itself.
    queries: { retry: false, staleTime: 10_000, gcTime: 5 * 60_000 },
    mutations: { retry: false, networkMode: 'always' },
  },
})
