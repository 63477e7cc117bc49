import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { assertUsableRedis, bullmqJobQueue } from '../../src/adapters/jobs/bullmq.ts'
import { defineJob } from '../../src/kernel/job.ts'
import type { Log } from '../../src/kernel/log.ts'
import { silentLog } from '../support/db.ts'
import { hasRedisServer, type RedisServer, startRedis } from '../support/redis.ts'
import { jobQueueContract, quickTimings } from './job-queue.ts'

describe.skipIf(!hasRedisServer())('with a redis-server', () => {
  let redis: RedisServer
  beforeAll(async () => {
    redis = await startRedis()
    await redis.command('config', 'set', 'maxmemory-policy', 'noeviction')
  })
  afterAll(() => redis.stop())

  const backend = () => ({ kind: 'redis' as const, url: redis.url })
  const open = (log: Log = silentLog) => bullmqJobQueue({ backend: backend(), log, timings: quickTimings })

  jobQueueContract('Redis', { open, backend })

  const collecting = (runs: string[]) =>
    defineJob({
      name: 'probe.run',
      queue: 'probe',
      attempts: 5,
      payload: z.object({ key: z.string() }),
      run: async (_: object, { key }) => {
        runs.push(key)
        return undefined
      },
    })

  it('refuses at once while Redis is away and goes on when it is back', async () => {
    const runs: string[] = []
    const job = collecting(runs)
    const request = (key: string) => [{ ...job.request({ key }), id: key }]
    const jobs = await open()
    const running = await jobs.work([job], {}, { concurrency: 2 })
    await jobs.enqueue(request('before'))
    await vi.waitFor(() => expect(runs).toEqual(['before']))
    await redis.crash()
    const start = performance.now()
    await expect(jobs.enqueue(request('meanwhile'))).rejects.toThrow()
    expect(performance.now() - start).toBeLessThan(3_000)
    await redis.restart()
    await vi.waitFor(() => jobs.enqueue(request('after')), { timeout: 5_000 })
    await vi.waitFor(() => expect(runs).toEqual(['before', 'after']), { timeout: 15_000 })
    await running.drain(5_000)
    await jobs.close()
  })

  it('opens while Redis is away, refuses, and works when Redis has come', async () => {
    await redis.crash()
    const jobs = await open()
    await expect(jobs.depths(['probe'])).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await redis.restart()
    await vi.waitFor(async () => expect(await jobs.depths(['probe'])).toHaveLength(1), { timeout: 5_000 })
    await jobs.close()
  })

  it('warns when Redis may evict jobs', async () => {
    await redis.command('config', 'set', 'maxmemory-policy', 'allkeys-lru')
    const warnings: string[] = []
    const jobs = await open({ ...silentLog, warn: (_, message) => warnings.push(message) })
    await vi.waitFor(() => expect(warnings).toContain('redis cannot keep jobs'))
    await redis.command('config', 'set', 'maxmemory-policy', 'noeviction')
    await jobs.close()
  })

  it('is refused at a start while it may evict jobs, and is no reason to refuse while it is away', async () => {
    await expect(assertUsableRedis(redis.url)).resolves.toBeUndefined()
    await redis.command('config', 'set', 'maxmemory-policy', 'volatile-lru')
    await expect(assertUsableRedis(redis.url)).rejects.toThrow('set maxmemory-policy to noeviction')
    await redis.crash()
    await expect(assertUsableRedis(redis.url)).resolves.toBeUndefined()
    await redis.restart()
  })
})
