import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type LosingProxy = { origin: string; lost(): number; close(): Promise<void> }

/**
 * Passes requests on and cuts the connection instead of passing some answers back. An answer comes after the commit, so what
 * is lost here was done, and its sender does not know.
 */
export async function startLosingProxy(target: string, shouldLose: () => boolean): Promise<LosingProxy> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let lost = 0
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.once('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.pipe(upstream)
    upstream.on('data', (answer) => {
      if (!shouldLose()) return client.write(answer)
      lost += 1
      return client.destroy()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lost: () => lost,
    close: async () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
