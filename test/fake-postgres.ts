import { createServer, type Server } from 'node:net'

/** A server that greets every client, and answers its first question with these values. */
export async function startFakePostgres(answers: Record<string, string>): Promise<Server> {
  const message = (kind: string, ...parts: (Buffer | string)[]) => {
    const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))
    const length = Buffer.alloc(4)
    length.writeUInt32BE(body.length + 4)
    return Buffer.concat([Buffer.from(kind), length, body])
  }
  const number = (value: number, bytes: 2 | 4) => {
    const buffer = Buffer.alloc(bytes)
    buffer.writeIntBE(value, 0, bytes)
    return buffer
  }
  const values: [string, string][] = [['pid', '1'], ...Object.entries(answers)]
  const columns = values.map(([name]) =>
    Buffer.concat([
      Buffer.from(`${name}\0`),
      number(0, 4),
      number(0, 2),
      number(name === 'pid' ? 23 : 25, 4),
      number(-1, 2),
      number(-1, 4),
      number(0, 2),
    ]),
  )
  const cells = values.map(([, value]) => Buffer.concat([number(value.length, 4), Buffer.from(value)]))
  const ready = message('Z', 'I')
  const greeting = Buffer.concat([
    message('R', number(0, 4)),
    message('K', number(1, 4), number(1, 4)),
    ready,
  ])
  const answer = Buffer.concat([
    message('T', number(values.length, 2), ...columns),
    message('D', number(values.length, 2), ...cells),
    message('C', 'SELECT 1\0'),
    ready,
  ])
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (data) => {
      const isTls = data.length === 8
      socket.write(isTls ? 'N' : data[0] === 0 ? greeting : data[0] === 0x51 ? answer : '')
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return server
}
