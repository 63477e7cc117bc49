import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { openDatabase } from '../../src/db/client.ts'
import { isCrowded, isTimeout, isUnavailable, isUniqueViolation, sqlState } from '../../src/db/errors.ts'
import { databaseUrl } from '../support/cluster.ts'
import { silentLog, useTestDatabase } from '../support/db.ts'

const database = useTestDatabase()

beforeAll(async () => {
  await database.pool.query(
    `create table notes (id text constraint notes__id primary key, slug text constraint notes__slug unique);
     insert into notes values ('a', 'first')`,
  )
})

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )
const run = (statement: string) => failureOf(database.db.execute(sql.raw(statement)))

describe('errors of statements that went through drizzle', () => {
  it('keep the SQLSTATE below the wrapper, which has no code of its own', async () => {
    const error = await run('select nothing_like_this')
    expect(error).not.toHaveProperty('code')
    expect(sqlState(error)).toBe('42703')
  })

  it('tell which unique constraint refused the row', async () => {
    const byId = await run(`insert into notes values ('a', 'second')`)
    const bySlug = await run(`insert into notes values ('b', 'first')`)

    expect([byId, bySlug].map((error) => isUniqueViolation(error))).toEqual([true, true])
    expect([byId, bySlug].map((error) => isUniqueViolation(error, 'notes__slug'))).toEqual([false, true])
    expect(isUniqueViolation(await run('insert into notes values (null, null)'))).toBe(false)
  })

  it('are timeouts when statement_timeout ended the statement', async () => {
    const error = await run(`set local statement_timeout = '10ms'; select pg_sleep(30)`)
    expect(sqlState(error)).toBe('57014')
    expect(isTimeout(error)).toBe(true)
    expect(isUnavailable(error)).toBe(false)
  })

  it('are timeouts when a lock did not come in time', async () => {
    const holder = await database.pool.connect()
    try {
      await holder.query('begin; lock table notes')
      const error = await run(`set local lock_timeout = '10ms'; select 1 from notes`)
      expect(sqlState(error)).toBe('55P03')
      expect(isTimeout(error)).toBe(true)
    } finally {
      await holder.query('rollback')
      holder.release()
    }
  })

  it('mean "unavailable" when the backend was killed under the statement', async () => {
    const error = await run('select pg_terminate_backend(pg_backend_pid())')
    expect(sqlState(error)).toBe('57P01')
    expect(isUnavailable(error)).toBe(true)
  })

  it('are neither timeout nor unavailable when the statement itself is wrong', async () => {
    const error = await run('select 1 / 0')
    expect([isTimeout(error), isUnavailable(error), isUniqueViolation(error)]).toEqual([false, false, false])
  })
})

describe('a database that cannot be reached is "unavailable"', () => {
  const open = (url: string, acquireTimeoutMs = 2_000) =>
    openDatabase(
      { url, poolSize: 2, statementTimeoutMs: 5_000, acquireTimeoutMs, applicationName: 'errors' },
      silentLog,
    )

  it.each(['127.0.0.1', 'localhost'])('when nobody listens on %s', async (host) => {
    const url = new URL(inject('adminUrl'))
    url.host = `${host}:1`
    const { db, close } = open(url.href)

    const error = await failureOf(db.execute(sql`select 1`))
    expect([isUnavailable(error), isCrowded(error)]).toEqual([true, false])
    await close()
  })

  it('when all clients of the pool are busy for longer than the caller waits', async () => {
    const { db, pool, close } = open(database.url, 500)
    const busy = await Promise.all([pool.connect(), pool.connect()])

    const error = await failureOf(db.execute(sql`select 1`))
    expect([isUnavailable(error), isCrowded(error)]).toEqual([true, true])
    for (const client of busy) client.release()
    await close()
  })

  it('but not when the database does not exist, which waiting does not mend', async () => {
    const { db, close } = open(databaseUrl(inject('adminUrl'), 'no_such_database'))
    const error = await failureOf(db.execute(sql`select 1`))

    expect(sqlState(error)).toBe('3D000')
    expect(isUnavailable(error)).toBe(false)
    await close()
  })
})

it('a server that falls silent is a timeout of our own, and its connection is given up', async () => {
  const silent = createServer((socket) => {
    const server = connect(Number(new URL(database.url).port), '127.0.0.1')
    socket.on('data', (chunk) => !chunk.includes('pg_sleep') && server.write(chunk))
    server.pipe(socket)
    socket.on('close', () => server.destroy())
    for (const one of [socket, server]) one.on('error', () => undefined)
  }).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const url = new URL(database.url)
  url.port = String((silent.address() as AddressInfo).port)
  const limits = { poolSize: 2, statementTimeoutMs: 50, acquireTimeoutMs: 5_000, applicationName: 'errors' }
  const { db, pool, close } = openDatabase({ url: url.href, patienceMs: 100, ...limits }, silentLog)
  await db.execute(sql`select 1`)
  // Long enough for the watch to have looked once while nobody waited.
  await setTimeout(300)
  const error = await failureOf(db.execute(sql`select pg_sleep(0)`))
  expect([isTimeout(error), isUnavailable(error)]).toEqual([true, false])
  expect(pool.totalCount).toBe(0)
  await close()
  silent.close()
})

it('a connection that is silent because nobody asks it anything is kept', async () => {
  const limits = { poolSize: 1, statementTimeoutMs: 50, acquireTimeoutMs: 5_000, applicationName: 'errors' }
  const { pool, close } = openDatabase({ url: database.url, patienceMs: 50, ...limits }, silentLog)
  const serverProcess = async () => (await pool.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid
  const first = await serverProcess()
  await setTimeout(300)
  expect(await serverProcess()).toBe(first)
  await close()
})

describe('sqlState', () => {
  it('knows no state for errors that did not come from PostgreSQL', () => {
    const brokenPipe = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })
    expect(sqlState(brokenPipe)).toBeUndefined()
    expect(isUnavailable(brokenPipe)).toBe(true)
    expect([sqlState(undefined), sqlState('23505'), sqlState({ code: '23505' })]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it("reads the driver's own error as well as a wrapped one", () => {
    const driverError = Object.assign(new pg.DatabaseError('duplicate key', 13, 'error'), { code: '23505' })
    expect(sqlState(driverError)).toBe('23505')
    expect(sqlState(new Error('outer', { cause: new Error('middle', { cause: driverError }) }))).toBe('23505')
  })
})
