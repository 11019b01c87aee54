import { connect } from 'node:net'

export interface RawReply {
  readonly status: number
  readonly headers: Record<string, string>
  readonly text: string
  readonly json: any
  /** What came after the first answer. */
  readonly more: string
}

/** Sends bytes as they are over a socket of their own and reads until the server closes it. */
export function sendRaw(port: number, bytes: string | Buffer): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    socket.setTimeout(10_000, () => socket.destroy(new Error('the server did not close the connection')))
    socket.on('data', (chunk) => chunks.push(chunk))
    // A server that refuses early may reset the connection while bytes are still on their way to it.
    socket.on('error', (error) => (chunks.length > 0 ? undefined : reject(error)))
    socket.on('close', () => {
      try {
        resolve(parse(Buffer.concat(chunks).toString()))
      } catch (error) {
        reject(error)
      }
    })
  })
}

function parse(answer: string): RawReply {
  const end = answer.indexOf('\r\n\r\n')
  const [first = '', ...lines] = answer.slice(0, end).split('\r\n')
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const colon = line.indexOf(':')
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim()
  }
  const received = Buffer.from(answer.slice(end + 4))
  const text = received.subarray(0, Number(headers['content-length'] ?? received.length)).toString()
  const json = headers['content-type']?.startsWith('application/json') ? JSON.parse(text) : undefined
  return {
    status: Number(first.split(' ')[1]),
    headers,
    text,
    json,
    more: received.toString().slice(text.length),
  }
}
