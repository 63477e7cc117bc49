import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { withTx } from '../../src/db/tx.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { newId } from '../../src/kernel/ids.ts'
import type { Principal } from '../../src/kernel/principal.ts'
import { sessionReuseDetected } from '../../src/modules/identity/index.ts'
import { appendEvents } from '../../src/outbox/index.ts'
import { useTestDatabase } from '../support/db.ts'
import { given } from '../support/given.ts'
import { hasRedisServer, type RedisServer, startRedis } from '../support/redis.ts'
import { sized } from './size.ts'
import { useWorkers, type Worker } from './workers.ts'

const database = useTestDatabase()
const startWorker = useWorkers()
const { facts, awayMs } = sized({ short: { facts: 200, awayMs: 3_000 }, long: { facts: 5_000, awayMs: 300_000 } })

describe.skipIf(!hasRedisServer())('FT-10: jobs in Redis', () => {
  let redis: RedisServer
  let worker: Worker
  let reader: Principal
  let written = 0

  beforeAll(async () => {
    redis = await startRedis()
    await redis.command('config', 'set', 'maxmemory-policy', 'noeviction')
    reader = await given({ db: database.db, clock: systemClock }).organisation({ isVerified: false })
    worker = await startWorker({ DATABASE_URL: database.url, REDIS_URL: redis.url, WORKER_CONCURRENCY: '8' })
  })
  afterAll(async () => {
    await worker.kill()
    await redis.stop()
  })

  const write = async (count: number) => {
    for (let n = 0; n < count; n += 50) {
      const events = Array.from({ length: 50 }, () =>
        sessionReuseDetected({ sessionId: newId('session'), userId: reader.userId }, systemClock.now()),
      )
      await withTx(database.db, (tx) => appendEvents(tx, events))
      written += events.length
      await sleep(2)
    }
  }
  const isToldOfAll = async () => {
    const { rows } = await database.pool.query<{ count: number }>('select count(*)::int as count from notifications')
    expect(rows[0]?.count).toBe(written)
  }
  const all = { timeout: sized({ short: 90_000, long: 180_000 }), interval: 100 }

  it('are done after Redis was killed and away: the outbox keeps what is new, the worker is not started anew', async () => {
    await write(facts)
    await redis.crash()
    await write(facts)
    await sleep(awayMs)
    await redis.restart()
    await write(50)
    await vi.waitFor(isToldOfAll, all)
    expect(worker.hasEnded(), 'the worker ended').toBe(false)
  })

  it('are done after everything in Redis was deleted while they waited', async () => {
    await write(facts)
    await sleep(sized({ short: 150, long: 300 }))
    await redis.command('flushall')
    await write(50)
    await vi.waitFor(isToldOfAll, all)
    expect(worker.hasEnded(), 'the worker ended').toBe(false)
  })
})
