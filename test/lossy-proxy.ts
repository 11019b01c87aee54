import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What becomes of a request: given to the server, its answer lost on the way back, or answered by the proxy. */
type Fate =
  | 'pass'
  | 'lose the answer'
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }

export interface LossyProxy {
  readonly url: string
  /** When each request came, in ms, and its headers. */
  readonly seen: { readonly at: number; readonly headers: IncomingMessage['headers'] }[]
  /** The fates of the next requests; when they are used up, requests pass. */
  fates: Fate[]
  close(): void
}

/** A proxy before a server that fails as it is told. */
export async function startLossyProxy(port: number): Promise<LossyProxy> {
  const proxy = { url: '', seen: [] as LossyProxy['seen'], fates: [] as Fate[], close: () => {} }
  const server = createServer((incoming, outgoing) => {
    proxy.seen.push({ at: performance.now(), headers: incoming.headers })
    const fate = proxy.fates.shift() ?? 'pass'
    if (typeof fate === 'object') {
      incoming.resume()
      outgoing.writeHead(fate.status, fate.headers).end(fate.body)
    } else forward(port, incoming, outgoing, fate === 'lose the answer')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  proxy.close = () => {
    server.close()
    server.closeAllConnections()
  }
  return proxy
}

function forward(port: number, incoming: IncomingMessage, outgoing: ServerResponse, lose: boolean): void {
  const { method, url: path, headers } = incoming
  const onward = request({ port, host: '127.0.0.1', method, path, headers }, (answer) => {
    if (lose) {
      // Only when the server is done, so that the change has been made.
      answer.resume().on('end', () => outgoing.destroy())
      return
    }
    outgoing.writeHead(answer.statusCode ?? 0, answer.headers)
    answer.pipe(outgoing)
  })
  incoming.pipe(onward)
}
