import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export type Balancer = { url: string; close(): Promise<void> }

const lookEveryMs = 50

/** Hands TCP connections in turn to the servers whose /readyz says yes, as a load balancer does. Ports may come and go. */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const ready = new Set<number>()
  const sockets = new Set<Socket>()
  let turn = 0
  let isClosing = false
  const server = createServer((client) => {
    const open = [...ready]
    const port = open[turn++ % open.length]
    if (port === undefined) return client.destroy()
    const upstream = connect(port, '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.once('close', () => sockets.delete(socket))
    }
    client.pipe(upstream).pipe(client)
  })
  const watch = async (port: number) => {
    while (!isClosing) {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { headers: { connection: 'close' } }).catch(
        () => undefined,
      )
      if (answer?.ok) ready.add(port)
      else ready.delete(port)
      await sleep(lookEveryMs)
    }
  }
  const watches = ports.map(watch)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      isClosing = true
      for (const socket of sockets) socket.destroy()
      server.close()
      await Promise.all(watches)
    },
  }
}
