import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, createServer, type Server as TcpServer } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ResolvedAddress } from '../../../src/adapters/webhooks/guarded-lookup.ts'
import { type HttpWebhookOptions, httpWebhookSender } from '../../../src/adapters/webhooks/http.ts'
import type { WebhookSender } from '../../../src/ports/webhook-sender.ts'
import { closedAddresses, closedUrls, deceivingNames } from './addresses.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

function sender(options: HttpWebhookOptions): WebhookSender {
  const made = httpWebhookSender(options)
  open.push(made)
  return made
}

const message = (url: string) => ({ url, headers: { 'content-type': 'application/json' }, body: '{}' })
const addressOf = (address: string): ResolvedAddress => ({ address, family: address.includes(':') ? 6 : 4 })
const portOf = (server: TcpServer) => (server.address() as AddressInfo).port

describe('the guard against requests to our own network', () => {
  let trap: TcpServer
  let connections = 0
  beforeAll(async () => {
    trap = createServer((socket) => {
      connections += 1
      socket.destroy()
    })
    // On every address of this machine, IPv4 and IPv6.
    await new Promise<void>((resolve) => trap.listen(0, '::', resolve))
  })
  afterAll(() => new Promise((resolve) => trap.close(resolve)))
  afterEach(() => expect(connections).toBe(0))

  /** Production rules, with the trap's port among the open ones. */
  const guarded = (resolve: HttpWebhookOptions['resolve']) =>
    sender({ allowsHttp: false, ports: [443, 8443, portOf(trap)], ...(resolve && { resolve }) })

  it('knows at least 80 URLs', () => {
    expect(closedUrls.length + deceivingNames.length).toBeGreaterThanOrEqual(80)
    expect(new Set(closedUrls).size).toBe(closedUrls.length)
  })

  it.each(closedUrls)('refuses %s at creation and at the attempt, without a connection', async (template) => {
    const url = template.replaceAll('PORT', String(portOf(trap)))
    const webhooks = guarded(async () => [addressOf('127.0.0.1')])
    expect(await webhooks.refusalOf(url)).toMatchObject({ code: expect.any(String), hint: expect.any(String) })
    expect(await webhooks.send(message(url))).toMatchObject({ failure: 'address_refused', excerpt: '' })
  })

  it.each(closedAddresses)('refuses a name that leads to %s, alone or beside a public address', async (address) => {
    for (const addresses of [[address], ['1.1.1.1', address], [address, '2606:4700:4700::1111']]) {
      const webhooks = guarded(async () => addresses.map(addressOf))
      const url = `https://hooks.example.com:${portOf(trap)}/`
      expect(await webhooks.refusalOf(url)).toMatchObject({ code: 'host_not_public' })
      expect(await webhooks.send(message(url))).toMatchObject({ failure: 'address_refused' })
    }
  })

  it.each(deceivingNames)('refuses %s, which is public by its name only', async (name) => {
    const webhooks = guarded(async () => [addressOf('::1'), addressOf('127.0.0.1')])
    const url = `https://${name}:${portOf(trap)}/`
    expect(await webhooks.refusalOf(url)).toMatchObject({ code: 'host_not_public' })
    expect(await webhooks.send(message(url))).toMatchObject({ failure: 'address_refused' })
  })

  it('refuses at the connect what was public when it was entered', async () => {
    const answers = ['1.1.1.1', '127.0.0.1']
    const webhooks = guarded(async () => [addressOf(answers.shift() ?? '127.0.0.1')])
    const url = `https://rebinding.example.com:${portOf(trap)}/`
    expect(await webhooks.refusalOf(url)).toBeUndefined()
    expect(await webhooks.send(message(url))).toMatchObject({ failure: 'address_refused' })
  })

  it('asks the resolver once an attempt and connects to what it checked, so that a flip in between finds nothing', async () => {
    const asked: string[] = []
    const webhooks = sender({
      allowsHttp: true,
      timeoutMs: 300,
      resolve: async (name) => {
        asked.push(name)
        // Allowed for development: a port of this machine on which nobody listens.
        return [addressOf(asked.length === 1 ? '127.0.0.2' : '10.0.0.1')]
      },
    })
    const server = await receiver((_, response) => response.end())
    expect(await webhooks.send(message(`http://flip.example.com:${server.port}/`))).toMatchObject({
      failure: 'connection',
    })
    expect(asked).toEqual(['flip.example.com'])
  })

  it('takes no name without an address and no resolver that fails, and does not tell which', async () => {
    const url = 'https://hooks.example.com/'
    expect(await guarded(async () => []).refusalOf(url)).toMatchObject({ code: 'host_not_public' })
    const failing = guarded(() => Promise.reject(new Error('SERVFAIL')))
    expect(await failing.refusalOf(url)).toEqual(await guarded(async () => []).refusalOf(url))
    expect(await failing.send(message(url))).toMatchObject({ failure: 'connection' })
  })

  it('takes public names on the two ports', async () => {
    const webhooks = guarded(async () => [addressOf('1.1.1.1'), addressOf('2606:4700:4700::1111')])
    for (const url of [
      'https://hooks.example.com/a?b=c',
      'https://hooks.example.com:8443/',
      'https://钩子.example.com/',
    ]) {
      expect(await webhooks.refusalOf(url)).toBeUndefined()
    }
  })

  it('opens http, any port and loopback for development, and nothing else', async () => {
    const webhooks = sender({ allowsHttp: true, resolve: async () => [addressOf('192.168.0.1')] })
    for (const url of ['http://127.0.0.1:5000/', 'http://[::1]:5000/'])
      expect(await webhooks.refusalOf(url)).toBeUndefined()
    for (const url of ['http://10.0.0.1:5000/', 'http://169.254.169.254/', 'http://hooks.example.com/']) {
      expect(await webhooks.refusalOf(url)).toBeDefined()
      expect(await webhooks.send(message(url))).toMatchObject({ failure: 'address_refused' })
    }
  })
})

type Receiver = { port: number; url: string; seen: { headers: Record<string, unknown>; body: string }[] }

async function receiver(listener: RequestListener): Promise<Receiver> {
  const seen: Receiver['seen'] = []
  const server: Server = createHttpServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      seen.push({ headers: request.headers, body })
      listener(request, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push({
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  })
  return { port: portOf(server), url: `http://127.0.0.1:${portOf(server)}/`, seen }
}

describe('an attempt', () => {
  it('sends the bytes and headers as given and tells status, time and excerpt', async () => {
    const { url, seen } = await receiver((_, response) => response.writeHead(202, { 'retry-after': '7' }).end('ok'))
    const headers = { 'webhook-id': 'evt_1', 'content-type': 'application/json' }
    const answer = await sender({ allowsHttp: true }).send({ url, headers, body: '{"type":"技术"}' })
    expect(answer).toEqual({ statusCode: 202, retryAfter: '7', excerpt: 'ok', latencyMs: expect.any(Number) })
    expect(seen).toMatchObject([{ headers, body: '{"type":"技术"}' }])
  })

  it('never follows a redirect', async () => {
    const target = await receiver((_, response) => response.end())
    for (const status of [301, 302, 303, 307, 308]) {
      const { url } = await receiver((_, response) => response.writeHead(status, { location: target.url }).end())
      expect(await sender({ allowsHttp: true }).send(message(url))).toMatchObject({ statusCode: status })
    }
    expect(target.seen).toEqual([])
  })

  it('ends after its time when no answer comes, or only the beginning of one', async () => {
    const silent = await receiver(() => undefined)
    const slow = await receiver((_, response) => response.writeHead(500).write('half'))
    const webhooks = sender({ allowsHttp: true, timeoutMs: 200 })
    expect(await webhooks.send(message(silent.url))).toMatchObject({ failure: 'timeout' })
    const answer = await webhooks.send(message(slow.url))
    expect(answer).toMatchObject({ statusCode: 500, excerpt: 'half' })
    expect(answer.latencyMs).toBeLessThan(2_000)
  })

  it('reads 64 kB of an endless answer and keeps the first 1,024 bytes', async () => {
    const endless = await receiver((_, response) => {
      const more = () => {
        while (response.writable && response.write('x'.repeat(10_000)));
      }
      response.on('drain', more)
      more()
    })
    const answer = await sender({ allowsHttp: true, timeoutMs: 5_000 }).send(message(endless.url))
    expect(answer.excerpt).toBe('x'.repeat(1_024))
    expect(answer.latencyMs).toBeLessThan(3_000)
  })

  it('escapes what a page would run and removes control characters', async () => {
    const { url } = await receiver((_, response) => response.end('<script>alert("1")</script>\u0000\u001b[31m\u202eok'))
    const { excerpt } = await sender({ allowsHttp: true }).send(message(url))
    expect(excerpt).toBe('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;  [31m ok')
  })

  it('tells a connection that is refused or cut', async () => {
    const cutting = await receiver((request) => request.socket.destroy())
    const gone = await receiver(() => undefined)
    const webhooks = sender({ allowsHttp: true })
    expect(await webhooks.send(message(cutting.url))).toMatchObject({ failure: 'connection' })
    for (const one of open.splice(-2, 1)) await one.close()
    expect(await webhooks.send(message(gone.url))).toMatchObject({ failure: 'connection' })
  })

  it('takes no proxy from the environment', async () => {
    const proxy = await receiver((_, response) => response.end())
    const { url, seen } = await receiver((_, response) => response.end())
    process.env.HTTP_PROXY = proxy.url
    try {
      expect(await sender({ allowsHttp: true }).send(message(url))).toMatchObject({ statusCode: 200 })
    } finally {
      delete process.env.HTTP_PROXY
    }
    expect([seen.length, proxy.seen.length]).toEqual([1, 0])
  })
})
