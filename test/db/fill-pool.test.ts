import { expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '../../src/db/client.ts'
import { fillPool } from '../../src/db/fill-pool.ts'
import { silentLog, useTestDatabase } from '../support/db.ts'

const database = useTestDatabase()

function open(url: string) {
  const limits = { poolSize: 4, statementTimeoutMs: 5_000, acquireTimeoutMs: 2_000, applicationName: 'filled' }
  const { pool, close } = openDatabase({ url, ...limits }, silentLog)
  onTestFinished(close)
  return pool
}

it('opens every connection of a pool and leaves all of them to others', async () => {
  const pool = open(database.url)
  await pool.query('select 1')
  await fillPool(pool)
  expect([pool.totalCount, pool.idleCount]).toEqual([4, 4])
  await Promise.all(Array.from({ length: 8 }, () => pool.query('select 1')))
  expect(pool.totalCount).toBe(4)
})

it('ends when the database cannot be reached', async () => {
  const url = new URL(database.url)
  url.port = '1'
  const pool = open(url.href)
  await fillPool(pool)
  expect(pool.totalCount).toBe(0)
})
