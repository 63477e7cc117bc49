import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/db/client.ts'
import { silentLog, useTestDatabase } from '../support/db.ts'
import { expectProblem } from '../support/http.ts'
import { type TestPlatform, testPlatform } from './platform.ts'
import { createThings } from './things.ts'

const database = useTestDatabase()
let platform: TestPlatform
let cable: Cable
let overCable: Database

beforeAll(async () => {
  await createThings(database.pool)
  cable = await cableTo(new URL(database.url))
  overCable = openDatabase(
    { url: cable.url, poolSize: 2, statementTimeoutMs: 700, acquireTimeoutMs: 500, applicationName: 'queqiao-test' },
    silentLog,
  )
  platform = await testPlatform(database, { database: overCable, handlerTimeoutMs: 2_000 })
})
afterEach(async () => {
  platform.turnstile.open()
  await cable.mend()
})
afterAll(async () => {
  await platform.app.close()
  await overCable.close()
  await cable.remove()
})

describe('a handler that takes too long', () => {
  it('is answered for with 503 and Retry-After, and blocks nobody else (OPS-3)', async () => {
    platform.turnstile.close()
    const hanging = platform.client.get('/v1/turnstile')
    await platform.turnstile.arrivals(1)
    expect((await platform.client.get('/v1/things')).statusCode).toBe(200)
    expectProblem(await hanging, 'TIMEOUT')
    expect(platform.logged).toContainEqual(
      expect.objectContaining({ level: 'warn', fields: expect.objectContaining({ route: '/v1/turnstile' }) }),
    )
  })
})

describe('a database that is gone', () => {
  it('makes requests answer 503, and is used again as soon as it is back', async () => {
    expect((await platform.client.get('/v1/things')).statusCode).toBe(200)
    await cable.cut()
    for (let count = 0; count < 5; count += 1) expectProblem(await platform.client.get('/v1/things'), 'UNAVAILABLE')
    expectProblem(await platform.as('member').post('/v1/things', { title: 'A pump' }, withKey()), 'UNAVAILABLE')
    expect((await platform.client.get('/livez')).statusCode).toBe(200)
    await cable.mend()
    expect((await platform.client.get('/v1/things')).statusCode).toBe(200)
    expect((await platform.as('member').post('/v1/things', { title: 'A pump' }, withKey())).statusCode).toBe(201)
  })

  it('in the middle of a transaction leaves nothing, and the repeat works', async () => {
    platform.turnstile.close()
    const sent = platform.as('member').post('/v1/things', { title: 'Interrupted' }, withKey('key-of-the-interrupted'))
    await platform.turnstile.arrivals(1)
    await cable.cut()
    platform.turnstile.open()
    expectProblem(await sent, 'UNAVAILABLE')
    await cable.mend()
    const { rows } = await database.pool.query(`select 1 from things where title = 'Interrupted'`)
    expect(rows).toEqual([])
    const again = await platform
      .as('member')
      .post('/v1/things', { title: 'Interrupted' }, withKey('key-of-the-interrupted'))
    expect(again.statusCode).toBe(201)
  })

  it('whose connections are all taken makes requests wait half a second, then answer 503 (OPS-5)', async () => {
    const held = await Promise.all([overCable.pool.connect(), overCable.pool.connect()])
    try {
      expectProblem(await platform.client.get('/v1/things'), 'UNAVAILABLE')
    } finally {
      for (const client of held) client.release()
    }
    expect((await platform.client.get('/v1/things')).statusCode).toBe(200)
  })
})

describe('a statement that takes too long', () => {
  it('is ended by PostgreSQL and answered with 503 (REL-TX-3)', async () => {
    await platform.as('member').post('/v1/things', { title: 'Locked' })
    const { rows } = await database.pool.query<{ id: string }>(`select id from things where title = 'Locked'`)
    const locker = await database.pool.connect()
    try {
      await locker.query('begin; lock table things in access exclusive mode')
      expectProblem(await platform.client.get('/v1/things'), 'TIMEOUT')
    } finally {
      await locker.query('rollback')
      locker.release()
    }
    expect(rows).toHaveLength(1)
    expect((await platform.client.get('/v1/things')).statusCode).toBe(200)
  })
})

function withKey(key = 'key-of-the-first-pump') {
  return { headers: { 'idempotency-key': key } }
}

type Cable = { url: string; cut(): Promise<void>; mend(): Promise<void>; remove(): Promise<void> }

/** A TCP relay in front of the database that can be cut and mended on the same port. */
async function cableTo(target: URL): Promise<Cable> {
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(far).pipe(near)
  })
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  const port = await listen(0)
  const cut = async () => {
    if (!server.listening) return
    server.close()
    for (const socket of sockets) socket.destroy()
    await once(server, 'close')
  }
  const mend = async () => {
    if (!server.listening) await listen(port)
  }
  const url = new URL(target)
  url.hostname = '127.0.0.1'
  url.port = String(port)
  return { url: url.href, cut, mend, remove: cut }
}
