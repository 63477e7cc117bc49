import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Receiver = { url: string; close(): void }

/** @param message path and webhook-id: one message to one endpoint. */
type Answer = (response: ServerResponse, message: string, id: string) => void

export async function receive(answer: Answer): Promise<Receiver> {
  const server = createServer((request, response) => {
    const id = String(request.headers['webhook-id'])
    request.resume().once('end', () => answer(response, `${request.url} ${id}`, id))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Refuses each message up to five times, then takes it; counts both. */
export function unstable() {
  const attempts = new Map<string, number>()
  const refusalsLeft = new Map<string, number>()
  const accepted = new Set<string>()
  const answer: Answer = (response, message) => {
    attempts.set(message, (attempts.get(message) ?? 0) + 1)
    const left = refusalsLeft.get(message) ?? Math.floor(Math.random() * 6)
    refusalsLeft.set(message, left - 1)
    if (left > 0) return fail(response)
    accepted.add(message)
    response.writeHead(204).end()
  }
  return { answer, attempts, accepted }
}

/** Is sick in a way of its own until it is healed; then takes everything. Counts attempts and what it took. */
export function curable(symptom: (response: ServerResponse) => void) {
  const attempts = new Map<string, number>()
  const accepted = new Set<string>()
  let isWell = false
  const answer: Answer = (response, message) => {
    attempts.set(message, (attempts.get(message) ?? 0) + 1)
    if (!isWell) return symptom(response)
    accepted.add(message)
    response.writeHead(204).end()
  }
  const heal = () => {
    isWell = true
  }
  return { answer, attempts, accepted, heal }
}

function fail(response: ServerResponse): void {
  const kind = Math.random()
  if (kind < 0.25) response.writeHead(500).end('broken')
  else if (kind < 0.45) response.writeHead(503, { 'retry-after': '1' }).end()
  else if (kind < 0.6) response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
  else if (kind < 0.7) setTimeout(() => response.writeHead(502).end(), 1_000)
  else if (kind < 0.99) response.socket?.destroy()
  else if (kind < 0.995) trickle(response)
  // The rest gets no answer at all and costs the sender its 15 s, as one that never ends does.
}

/**
 * An answer whose headers come one a second, without an end. Its status alone says nothing yet; once the headers are complete it
 * would count, whatever the body does.
 */
export function trickle({ socket }: ServerResponse): void {
  if (socket === null) return
  socket.write('HTTP/1.1 200 OK\r\n')
  const timer = setInterval(() => socket.write('x-slow: .\r\n'), 1_000)
  socket.on('close', () => clearInterval(timer))
}
