import type { AddressInfo } from 'node:net'
import { beforeAll, describe, expect, it } from 'vitest'
import { httpServer } from '../../src/http/server.ts'
import { silentLog } from '../support/db.ts'
import { expectProblem } from '../support/http.ts'
import { publicUrl, usePlatform } from './platform.ts'
import { type RawAnswer, rawConnection } from './raw.ts'

const platform = usePlatform()

describe('the request id (VAL-3)', () => {
  it.each(['0199b2f4-3c1e-7a55-9d0b-6f1f0f3a2c11', 'abcdefgh', 'A_b-9'.repeat(12)])('%s is echoed', async (id) => {
    const response = await platform.client.get('/v1/nothing', { headers: { 'x-request-id': id } })
    expect(response.headers['x-request-id']).toBe(id)
    expect(expectProblem(response, 'ROUTE_NOT_FOUND').requestId).toBe(id)
  })

  it.each(['short', 'a'.repeat(65), 'with space', '<script>alert(1)</script>', 'a\tb-c-d-e-f'])(
    '%j is replaced by a new one',
    async (id) => {
      const response = await platform.client.get('/livez', { headers: { 'x-request-id': id } })
      expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    },
  )

  it('is another one for every request', async () => {
    const ids = await Promise.all(
      [1, 2, 3].map(async () => (await platform.client.get('/livez')).headers['x-request-id']),
    )
    expect(new Set(ids).size).toBe(3)
  })
})

describe('the headers of an answer (SEC-1)', () => {
  const expected = {
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'cache-control': 'private, no-store',
    vary: 'Authorization, Accept-Language',
  }

  it.each(['/v1/things', '/v1/nothing', '/v1/things/%zz', '/livez', '/readyz', '/openapi.json', '/problems/NOT_FOUND'])(
    'of %s are the strict ones',
    async (url) => {
      const { headers } = await platform.client.get(url)
      expect(headers).toMatchObject(expected)
      expect(headers['content-type']).toMatch(/charset=utf-8/)
      expect(headers).not.toHaveProperty('x-powered-by')
      expect(headers).not.toHaveProperty('server')
      expect(headers).not.toHaveProperty('access-control-allow-origin')
    },
  )

  it('of the documentation allow its own scripts and nothing else', async () => {
    const page = await platform.client.get('/docs/')
    expect(page.statusCode).toBe(200)
    const policy = String(page.headers['content-security-policy'])
    expect(policy).toContain("default-src 'self'")
    expect(policy).not.toMatch(/script-src[^;]*(unsafe-eval|\*|https?:)/)
  })
})

describe('a route', () => {
  it('without a permission stops the boot (API5)', () => {
    const app = httpServer({ publicUrl, log: silentLog, hasBackpressure: false })
    expect(() => app.get('/v1/open', async () => 'open')).toThrow('route GET /v1/open declares no permission')
    expect(() => app.get('/documents', async () => 'open')).toThrow('declares no permission')
  })

  it('is in the OpenAPI document, and the document has no other (API9)', async () => {
    const document = (await platform.client.get('/openapi.json')).json()
    const documented = Object.entries<Record<string, unknown>>(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const missing = documented.filter((operation) => {
      const [method = '', path = ''] = operation.split(' ')
      return !platform.app.hasRoute({ method: method as 'GET', url: path.replace(/\{(\w+)\}/g, ':$1') })
    })
    expect(missing).toEqual([])
    expect(documented).toContain('PATCH /v1/things/{thingId}')
  })
})

describe('bytes that are not a request', () => {
  let address: AddressInfo

  beforeAll(async () => {
    await platform.app.listen({ port: 0, host: '127.0.0.1' })
    address = platform.app.server.address() as AddressInfo
  })

  it.each([
    ['nonsense', 'nonsense\r\n\r\n'],
    ['a wrong version', 'GET / HTTP/9.9\r\nHost: a\r\n\r\n'],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['headers of 20 kB', `GET / HTTP/1.1\r\nHost: a\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`],
  ])('get a problem, too: %s (API-ERR-1)', async (_name, bytes) => {
    expectProblem(await exchange(address.port, bytes), 'VALIDATION_FAILED')
  })

  it.each(['TRACE', 'CONNECT-LIKE', 'PROPFIND', 'QUERY'])('nor is the method %s served', async (method) => {
    const answer = await exchange(address.port, `${method} /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)
    expect([400, 405]).toContain(answer.statusCode)
    expectProblem(answer, answer.statusCode === 405 ? 'METHOD_NOT_ALLOWED' : 'VALIDATION_FAILED')
    expect(answer.body).not.toContain('"ok"')
  })
})

async function exchange(port: number, bytes: string): Promise<RawAnswer> {
  const connection = rawConnection(port)
  connection.send(bytes)
  const [answer] = await connection.answers()
  if (answer === undefined) throw new Error('the server closed the connection without an answer')
  return answer
}
