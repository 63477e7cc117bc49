import { describe, expect, inject, it, vi } from 'vitest'
import { z } from 'zod'
import { bullmqJobQueue, migrateJobQueue } from '../../src/adapters/jobs/bullmq.ts'
import { defineJob } from '../../src/kernel/job.ts'
import { databaseUrl } from '../support/cluster.ts'
import { createDatabase, dropDatabase, silentLog, useTestDatabase } from '../support/db.ts'
import { jobQueueContract, quickTimings } from './job-queue.ts'

const database = useTestDatabase()
const backend = () => ({ kind: 'postgres' as const, connectionString: database.url })
const open = () => bullmqJobQueue({ backend: backend(), log: silentLog, timings: quickTimings })

jobQueueContract('PostgreSQL', { open, backend })

describe('bullmqJobQueue over PostgreSQL', () => {
  const keys = (keys: string[]) =>
    defineJob({
      name: 'probe.run',
      queue: 'probe',
      attempts: 5,
      payload: z.object({ key: z.string() }),
      run: async (_: object, { key }) => {
        keys.push(key)
        return undefined
      },
    })

  it('goes on after the server ended all of its connections', async () => {
    const runs: string[] = []
    const job = keys(runs)
    const jobs = await open()
    const running = await jobs.work([job], {}, { concurrency: 2 })
    await jobs.enqueue([{ ...job.request({ key: 'before' }), id: 'before' }])
    await vi.waitFor(() => expect(runs).toEqual(['before']))
    const { rowCount } = await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    )
    expect(rowCount).toBeGreaterThan(1)
    await vi.waitFor(() => jobs.enqueue([{ ...job.request({ key: 'after' }), id: 'after' }]), { timeout: 5_000 })
    await vi.waitFor(() => expect(runs).toEqual(['before', 'after']), { timeout: 10_000 })
    await running.drain(5_000)
    await jobs.close()
  })

  it('uses few connections: 2 to produce, one per queue and 3 more to work', async () => {
    const jobs = await open()
    const queues = ['one', 'two', 'three']
    const work = queues.map((queue) => ({
      name: `${queue}.run`,
      queue,
      execute: async () => ({ status: 'done' as const }),
    }))
    const running = await jobs.work(work, {}, { concurrency: 8 })
    const requests = Array.from({ length: 300 }, (_, index) => {
      const queue = queues[index % 3] ?? ''
      return { name: `${queue}.run`, queue, payload: {}, attempts: 1, id: `r${index}` }
    })
    await jobs.enqueue(requests)
    await vi.waitFor(async () => {
      for (const depth of await jobs.depths(queues)) expect(depth).toMatchObject({ waiting: 0, active: 0 })
    })
    const { rows } = await database.pool.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity
       where datname = current_database() and application_name not in ('queqiao-test', 'queqiao-migrate')`,
    )
    expect(rows[0]?.n).toBeLessThanOrEqual(2 + queues.length + 3)
    await running.drain(5_000)
    await jobs.close()
  })

  it('keeps no values of a failed statement with the job', async () => {
    const jobs = await open()
    const job = {
      name: 'probe.fail',
      queue: 'failing',
      execute: async () => {
        await database.pool.query(`select 'secret@example.org'::uuid`)
        return { status: 'done' as const }
      },
    }
    const running = await jobs.work([job], {}, { concurrency: 1 })
    await jobs.enqueue([{ name: job.name, queue: job.queue, payload: {}, attempts: 1, id: 'a' }])
    await vi.waitFor(async () => expect(await jobs.depths(['failing'])).toMatchObject([{ failed: 1 }]))
    const { rows } = await database.pool.query<{ kept: string }>(
      `select row_to_json(job)::text as kept from bullmq.job where queue = 'failing'`,
    )
    expect(rows[0]?.kept).toContain('database error 22P02')
    expect(rows[0]?.kept).not.toContain('secret')
    await running.drain(5_000)
    await jobs.close()
  })

  it('heals a schedule whose next run was lost', async () => {
    const runs: string[] = []
    const job = keys(runs)
    const jobs = await open()
    const schedule = [{ id: 'tick', everyMs: 100, request: job.request({ key: 'tick' }) }]
    await jobs.schedule(schedule)
    await database.pool.query(`delete from bullmq.job where scheduler_id = 'tick'`)
    const running = await jobs.work([job], {}, { concurrency: 1 })
    const check = () => jobs.schedule(schedule).then(() => expect(runs.length).toBeGreaterThan(2))
    await vi.waitFor(check, { timeout: 8_000, interval: 50 })
    await jobs.schedule([])
    await running.drain(5_000)
    await jobs.close()
  })

  it('refuses to work without its tables, and works when they have been made', async () => {
    const name = await createDatabase()
    const connectionString = databaseUrl(inject('adminUrl'), name)
    const jobs = await bullmqJobQueue({ backend: { kind: 'postgres', connectionString }, log: silentLog })
    await expect(jobs.depths(['any'])).rejects.toThrow(/not initialized/)
    await migrateJobQueue(connectionString)
    await migrateJobQueue(connectionString)
    expect(await jobs.depths(['any'])).toMatchObject([{ queue: 'any', waiting: 0, active: 0, delayed: 0, failed: 0 }])
    await jobs.close()
    await dropDatabase(name)
  })
})
