import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { beforeAll, expect, it, vi } from 'vitest'
import { useTestDatabase } from '../support/db.ts'
import { expectProblem } from '../support/http.ts'
import { type TestPlatform, testPlatform } from './platform.ts'
import { rawConnection } from './raw.ts'
import { createThings } from './things.ts'

const database = useTestDatabase()
let platform: TestPlatform

beforeAll(async () => {
  await createThings(database.pool)
  platform = await testPlatform(database)
})

it('finishes what runs, refuses with a problem what arrives on open connections, and then ends (OPS-2)', async () => {
  await platform.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = platform.app.server.address() as AddressInfo
  const connection = rawConnection(port)
  platform.turnstile.close()
  connection.send('GET /v1/turnstile HTTP/1.1\r\nHost: a\r\n\r\n')
  await platform.turnstile.arrivals(1)
  let hasClosed = false
  const closing = platform.app.close().then(() => {
    hasClosed = true
  })
  connection.send('GET /v1/things HTTP/1.1\r\nHost: a\r\n\r\n')
  await vi.waitUntil(() => platform.logged.some(({ fields }) => fields.code === 'UNAVAILABLE'))
  expect(hasClosed).toBe(false)
  platform.turnstile.open()
  const [finished, refused, ...more] = await connection.answers()
  expect(finished).toMatchObject({ statusCode: 200, body: '{"ok":true}' })
  if (refused === undefined) throw new Error('the second request got no answer')
  expectProblem(refused, 'UNAVAILABLE')
  expect(refused.headers.connection).toBe('close')
  expect(more).toEqual([])
  await closing
  const late = rawConnection(port)
  late.send('GET /livez HTTP/1.1\r\nHost: a\r\n\r\n')
  expect(await late.answers().catch(() => [])).toEqual([])
})

it('does not wait for a connection on which nothing was asked yet', async () => {
  const { app } = await testPlatform(database)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const accepted = once(app.server, 'connection')
  const unused = connect(port, '127.0.0.1')
  await accepted
  const startedAt = performance.now()
  await app.close()
  expect(performance.now() - startedAt).toBeLessThan(10_000)
  unused.destroy()
})
