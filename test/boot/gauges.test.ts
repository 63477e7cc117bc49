import { Registry } from 'prom-client'
import { expect, it } from 'vitest'
import { registerGauges } from '../../src/boot/gauges.ts'
import { useTestDatabase } from '../support/db.ts'

const database = useTestDatabase()

const depth = { queue: 'matching', waiting: 3, active: 1, delayed: 0, failed: 2, oldestWaitingMs: 1_500 }

it('shows the pool, the outbox and the queues as they are at the scrape', async () => {
  const registry = new Registry()
  registerGauges(registry, { ...database, jobs: { depths: async () => [depth] }, queues: ['matching'] })
  await database.pool.query(
    `insert into outbox_events (id, type, version, data, occurred_at, created_at)
     values (gen_random_uuid(), 'probe.counted', 1, '{}', now(), now() - interval '90 s')`,
  )
  const text = await registry.metrics()
  expect(text).toContain('queue_jobs{queue="matching",state="waiting"} 3')
  expect(text).toContain('queue_oldest_waiting_seconds{queue="matching"} 1.5')
  expect(text).toContain('outbox_events{state="open"} 1')
  expect(Number(/^outbox_oldest_age_seconds (\S+)$/m.exec(text)?.[1])).toBeGreaterThan(89)
  expect(text).toMatch(/database_pool_connections\{state="open"\} [1-9]/)
})

it('answers without the values that cannot be had', async () => {
  const registry = new Registry()
  const away = { depths: () => Promise.reject(new Error('away')) }
  registerGauges(registry, { ...database, jobs: away, queues: ['matching'] })
  const text = await registry.metrics()
  expect(text).toContain('database_pool_connections')
  expect(text).not.toContain('queue_jobs{')
})
