import { type ClientRequest, request } from 'node:http'

export type LiveClient = {
  readonly isConnected: boolean
  /** Times (performance.now) at which the events of a subject came, by their listing. */
  arrivals: Map<string, number[]>
  /** Ids in the order in which they came. */
  ids: number[]
  resyncs: number
  reconnects: number
  close(): void
}

/** A client as browsers are: connects, resumes after its last event, and tries the next server when one is gone. */
export function liveClient(origins: () => readonly string[], token: string, index: number): LiveClient {
  let call: ClientRequest | undefined
  let lastEventId: string | undefined
  let isConnected = false
  let isClosed = false
  let attempt = index
  const client = { arrivals: new Map<string, number[]>(), ids: [] as number[], resyncs: 0, reconnects: -1 }

  const take = (frame: string) => {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(frame)?.[1]
    const id = field('id')
    if (id !== undefined) lastEventId = id
    if (field('event') === 'ready') isConnected = true
    if (field('event') === 'resync') client.resyncs += 1
    if (field('event') !== 'notification') return
    const { links } = JSON.parse(field('data') ?? '{}') as { links: { listingId: string } }
    client.ids.push(Number(id))
    client.arrivals.set(links.listingId, [...(client.arrivals.get(links.listingId) ?? []), performance.now()])
  }
  const again = () => {
    isConnected = false
    if (!isClosed) setTimeout(connect, 200 + Math.random() * 300)
  }
  const connect = () => {
    const all = origins()
    const origin = all[attempt++ % all.length]
    client.reconnects += 1
    const resume = lastEventId === undefined ? {} : { 'last-event-id': lastEventId }
    const headers = { authorization: `Bearer ${token}`, ...resume }
    let hasAnswer = false
    call = request(`${origin}/v1/notifications/stream`, { agent: false, headers }, (response) => {
      hasAnswer = true
      let rest = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        const frames = (rest + chunk).split('\n\n')
        rest = frames.pop() ?? ''
        for (const frame of frames) take(frame)
      })
      response.once('close', again)
      response.on('error', () => undefined)
    })
    call.on('error', () => undefined)
    call.once('close', () => {
      if (!hasAnswer) again()
    })
    call.end()
  }
  connect()
  return Object.defineProperty(
    Object.assign(client, {
      close: () => {
        isClosed = true
        call?.destroy()
      },
    }),
    'isConnected',
    { get: () => isConnected },
  ) as LiveClient
}
