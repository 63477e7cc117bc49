import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'

export type RedisServer = {
  url: string
  /** Kills the server and starts it again on the same port; what it had acknowledged is there again. */
  crash(): Promise<void>
  restart(): Promise<void>
  /** Sends one command, for example `config set maxmemory-policy allkeys-lru`. */
  command(name: string, ...args: string[]): Promise<unknown>
  stop(): Promise<void>
}

/** Whether a redis-server is installed. CI must have one: a skipped contract there would pass for a kept one. */
export function hasRedisServer(): boolean {
  const isThere = spawnSync('redis-server', ['--version']).status === 0
  if (!isThere && process.env.CI) throw new Error('redis-server is missing in CI: install the package redis-server')
  if (!isThere) process.stderr.write('skipped: the contract over Redis needs redis-server, which is not installed\n')
  return isThere
}

/** A real redis-server on a free loopback port, with its files in a temporary directory. */
export async function startRedis(): Promise<RedisServer> {
  const directory = await mkdtemp(join(tmpdir(), 'queqiao-redis-'))
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  let server = await start(port, directory)
  const crash = () => end(server, 'SIGKILL')
  return {
    url,
    crash,
    restart: async () => {
      await crash()
      server = await start(port, directory)
    },
    command: (name, ...args) => withClient(url, (client) => client.call(name, ...args)),
    stop: async () => {
      await end(server, 'SIGTERM')
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function start(port: number, directory: string): Promise<ChildProcess> {
  const settings = { port, bind: '127.0.0.1', dir: directory, appendonly: 'yes', appendfsync: 'always', save: '' }
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)])
  const server = spawn('redis-server', args, { stdio: 'ignore' })
  // A killed test run must not leave its server behind.
  process.once('exit', () => server.kill('SIGKILL'))
  for (let round = 0; round < 100; round += 1) {
    if (server.exitCode !== null) throw new Error(`redis-server ended with ${server.exitCode}`)
    const answer = await withClient(`redis://127.0.0.1:${port}`, (client) => client.ping()).catch(() => undefined)
    if (answer === 'PONG') return server
    await sleep(30)
  }
  await end(server, 'SIGKILL')
  throw new Error('redis-server did not answer within 3 s')
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const exit = once(server, 'exit')
  server.kill(signal)
  await exit
}

async function withClient<T>(url: string, fn: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await fn(client)
  } finally {
    client.disconnect()
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}
