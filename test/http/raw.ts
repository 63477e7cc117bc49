import { createConnection, type Socket } from 'node:net'

export type RawAnswer = { statusCode: number; headers: Record<string, string>; body: string }

/** A connection that sends bytes as they are. */
export function rawConnection(port: number): { send(bytes: string): void; answers(): Promise<RawAnswer[]> } {
  const socket = createConnection({ port, host: '127.0.0.1' })
  socket.on('error', () => undefined)
  return {
    send: (bytes) => socket.write(bytes),
    answers: async () => splitAnswers(await readAll(socket)),
  }
}

/** Everything until the server ends the connection. */
async function readAll(socket: Socket): Promise<string> {
  let text = ''
  socket.setEncoding('latin1')
  for await (const chunk of socket) text += chunk
  return text
}

function splitAnswers(text: string): RawAnswer[] {
  const answers: RawAnswer[] = []
  for (let rest = text; rest !== ''; ) {
    const end = rest.indexOf('\r\n\r\n')
    const [statusLine = '', ...lines] = rest.slice(0, end).split('\r\n')
    const headers = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    )
    const bodyStart = end + 4
    const bodyEnd = bodyStart + Number(headers['content-length'] ?? 0)
    const body = Buffer.from(rest.slice(bodyStart, bodyEnd), 'latin1').toString()
    answers.push({ statusCode: Number(statusLine.split(' ')[1]), headers, body })
    rest = rest.slice(bodyEnd)
  }
  return answers
}
