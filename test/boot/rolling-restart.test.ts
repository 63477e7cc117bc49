import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, request } from 'undici'
import { expect, it, vi } from 'vitest'
import { type ApiServer, startApi } from '../../src/boot/api-server.ts'
import { readConfig } from '../../src/config.ts'
import { type Balancer, startBalancer } from '../support/balancer.ts'
import { silentLog, useTestDatabase } from '../support/db.ts'
import { freePort } from '../support/product.ts'

const database = useTestDatabase()
const requestEveryMs = 10

it('two API servers are replaced one after the other at 100 requests/s, and none fails (OPS-2)', async () => {
  const ports = [await freePort(), await freePort()]
  const start = (port: number) =>
    startApi(configOf(port), { log: silentLog, drainDelayMs: 1_000, hasBackpressure: false })
  const servers: ApiServer[] = await Promise.all(ports.map(start))
  const balancer = await startBalancer(ports)
  await vi.waitFor(() => send(balancer, new Agent()))

  const traffic = startTraffic(balancer)
  for (const [index, port] of ports.entries()) {
    await sleep(300)
    await servers[index]?.stop()
    servers[index] = await start(port)
  }
  await sleep(300)
  const { sent, failures } = await traffic.stop()

  expect(failures).toEqual([])
  expect(sent).toBeGreaterThan(100)
  await balancer.close()
  for (const server of servers) await server.stop()
}, 40_000)

function configOf(port: number) {
  const secrets = { SECRET_KEY: 'a secret key for tests, 32+ characters' }
  return readConfig({ ...secrets, DATABASE_URL: database.url, PORT: String(port), DATABASE_POOL_SIZE: '4' })
}

/** Reads a page that needs the database. */
async function send({ url }: Balancer, dispatcher: Agent): Promise<void> {
  const { statusCode, body } = await request(`${url}/v1/markets`, { dispatcher })
  const text = await body.text()
  if (statusCode !== 200) throw new Error(`${statusCode} ${text}`)
}

function startTraffic(balancer: Balancer) {
  // A connection for each request: one that is kept idle may be closed by any server at the moment of its next use.
  const agent = new Agent({ connections: 8, pipelining: 0 })
  const failures: string[] = []
  const running: Promise<void>[] = []
  const timer = setInterval(() => {
    running.push(send(balancer, agent).catch((error: Error) => void failures.push(error.message)))
  }, requestEveryMs)
  return {
    stop: async () => {
      clearInterval(timer)
      await Promise.all(running)
      await agent.close()
      return { sent: running.length, failures }
    },
  }
}
