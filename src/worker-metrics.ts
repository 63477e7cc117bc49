import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Registry } from 'prom-client'

export type MetricsServer = { port: number; close(): Promise<void> }

/** Answers GET /metrics and GET /livez of a worker process, which serves nothing else over HTTP. Port 0 takes a free one. */
export async function serveWorkerMetrics(
  registry: Registry,
  address: { port: number; host: string },
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    if (request.url === '/livez') return response.end('ok')
    if (request.url !== '/metrics') return response.writeHead(404).end()
    return registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    )
  })
  server.listen(address.port, address.host)
  await once(server, 'listening')
  const bound = server.address()
  const port = bound !== null && typeof bound === 'object' ? bound.port : address.port
  return {
    port,
    close: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
