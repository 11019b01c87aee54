import type { Program } from './programs.ts'
import type { ApiRequest } from './requests.ts'

interface Answer {
  readonly text: string
  readonly headers: Headers
  /** From sending the request to the end of the answer, in milliseconds. */
  readonly ms: number
}

/** Sends one request as the first account. Throws where it is refused. */
export async function send(
  { port, headersOf }: Program,
  { method, path, headers, body }: ApiRequest,
): Promise<Answer> {
  const begin = performance.now()
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { ...headersOf(1), ...(body && { 'Content-Type': 'application/json' }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const ms = performance.now() - begin
  if (!response.ok) throw new Error(`${method} ${path} answers ${response.status}: ${text.slice(0, 1_000)}`)
  return { text, headers: response.headers, ms }
}
