import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/**
 * What the way to a server does: hands everything on; loses what the server answers; loses everything; refuses new connections and
 * cuts the old ones.
 */
export type Weather = 'fair' | 'swallow answers' | 'swallow' | 'cut'

export type TcpProxy = {
  port: number
  /** From now on, and for the connections that are open. */
  set(weather: Weather): void
  close(): Promise<void>
}

/** A TCP proxy before a server of this machine, for faults that neither side causes. */
export async function startProxy(targetPort: number): Promise<TcpProxy> {
  let weather: Weather = 'fair'
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    if (weather === 'cut') return client.resetAndDestroy()
    const upstream = connect(targetPort, '127.0.0.1')
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from)
      from.on('error', () => undefined)
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
    }
    client.on('data', (chunk) => weather !== 'swallow' && upstream.write(chunk))
    upstream.on('data', (chunk) => weather === 'fair' && client.write(chunk))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    set: (next) => {
      weather = next
      if (next === 'cut') for (const socket of sockets) socket.resetAndDestroy()
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
