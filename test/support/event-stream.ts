import { type IncomingMessage, request } from 'node:http'
import { vi } from 'vitest'

export type ReceivedEvent = { id?: string; event?: string; data?: unknown }

export type EventStream = {
  status: number
  headers: IncomingMessage['headers']
  /** Everything received so far. */
  text(): string
  events: ReceivedEvent[]
  /** The ids of the events of one kind. */
  ids(event: string): number[]
  /** Waits until so many events of the kind are there. */
  until(event: string, count?: number): Promise<ReceivedEvent[]>
  ended: Promise<void>
  /** Stops taking bytes from the socket. */
  pause(): void
  resume(): void
  close(): void
}

type Options = { token?: string; lastEventId?: number; headers?: Record<string, string> }

/** Opens an event stream on a real socket, as a browser does. */
export function openEventStream(url: string, { token, lastEventId, headers }: Options = {}): Promise<EventStream> {
  return new Promise((resolve, reject) => {
    const call = request(url, {
      agent: false,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) }),
        ...headers,
      },
    })
    call.once('error', reject)
    call.once('response', (response) => resolve(received(response, () => call.destroy())))
    call.end()
  })
}

function received(response: IncomingMessage, close: () => void): EventStream {
  const chunks: string[] = []
  let rest = ''
  const events: ReceivedEvent[] = []
  response.setEncoding('utf8')
  response.on('data', (chunk: string) => {
    chunks.push(chunk)
    const frames = (rest + chunk).split('\n\n')
    rest = frames.pop() ?? ''
    for (const frame of frames) {
      const event = parseFrame(frame)
      if (event !== undefined) events.push(event)
    }
  })
  response.on('error', () => undefined)
  const ended = new Promise<void>((resolve) => response.once('close', resolve))
  const named = (name: string) => events.filter(({ event }) => event === name)
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: () => chunks.join(''),
    events,
    ids: (name) => named(name).map(({ id }) => Number(id)),
    until: async (name, count = 1) => {
      await vi.waitUntil(() => named(name).length >= count, { timeout: 8_000, interval: 5 })
      return named(name)
    },
    ended,
    pause: () => response.pause(),
    resume: () => response.resume(),
    close,
  }
}

/** The fields of one frame; undefined for comments and settings. */
function parseFrame(frame: string): ReceivedEvent | undefined {
  const fields = new Map(
    frame
      .split('\n')
      .filter((line) => !line.startsWith(':'))
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const),
  )
  const data = fields.get('data')
  if (data === undefined) return undefined
  const id = fields.get('id')
  const event = fields.get('event')
  return { ...(id !== undefined && { id }), ...(event !== undefined && { event }), data: JSON.parse(data) }
}
