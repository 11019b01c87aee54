import { connect, type Socket } from 'node:net'
import { type Credentials, headersOf, type Server } from './process.ts'

/** A create of which the server has the head and half of the body, and what it has answered so far. */
export interface SlowCreate {
  readonly socket: Socket
  finish(): void
  answer(): string
  readonly closed: Promise<string>
}

/** Begins a create; resolves when the server has begun to read it, which it says by "100 Continue". */
export async function beginCreate(
  { port }: Server,
  credentials: Credentials,
  name: string,
): Promise<SlowCreate> {
  const body = JSON.stringify({ projectName: name, clientName: 'Slow client' })
  const headers = Object.entries({
    Host: '127.0.0.1',
    ...headersOf(credentials),
    'Content-Type': 'application/json',
    'Content-Length': String(body.length),
    Expect: '100-continue',
  }).map(([header, value]) => `${header}: ${value}\r\n`)
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  socket.on('error', () => {})
  const closed = new Promise<string>((resolve) => socket.on('close', () => resolve(text)))
  socket.write(`POST /api/v2/ext/projects HTTP/1.1\r\n${headers.join('')}\r\n`)
  await until(() => text === 'HTTP/1.1 100 Continue\r\n\r\n')
  socket.write(body.slice(0, 10))
  return {
    socket,
    finish: () => socket.write(body.slice(10)),
    answer: () => text.slice('HTTP/1.1 100 Continue\r\n\r\n'.length),
    closed,
  }
}

/** Resolves when the condition holds; a test in which it never does times out. */
export async function until(holds: () => boolean | Promise<boolean>) {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10))
}

/** What connecting to the port gives: "connected", or the code of the error. */
export function knock({ port }: Server): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => resolve('connected'))
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    socket.on('connect', () => socket.destroy())
  })
}
