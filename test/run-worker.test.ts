import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { bullmqJobQueue } from '../src/adapters/jobs/bullmq.ts'
import { withTx } from '../src/db/tx.ts'
import type { Deps } from '../src/deps.ts'
import { systemClock } from '../src/kernel/clock.ts'
import { defineEvent } from '../src/kernel/domain-event.ts'
import { defineJob, on, type Schedule } from '../src/kernel/job.ts'
import { appendEvents, outboxLag } from '../src/outbox/index.ts'
import { runWorker } from '../src/run-worker.ts'
import { silentLog, useTestDatabase } from './support/db.ts'

const counted = defineEvent('probe.counted', 1, z.object({ n: z.number() }))

describe('runWorker', () => {
  const database = useTestDatabase()

  async function setUp() {
    const jobs = await bullmqJobQueue({
      backend: { kind: 'postgres', connectionString: database.url },
      log: silentLog,
    })
    // A job of this test needs neither search nor listings.
    const deps = { db: database.db, clock: systemClock, log: silentLog, jobs } as unknown as Deps
    const runs: number[] = []
    const job = defineJob({
      name: 'probe.count',
      queue: 'probe',
      attempts: 3,
      payload: z.object({ n: z.number() }),
      run: async (_: Deps, { n }) => {
        runs.push(n)
        return undefined
      },
    })
    const subscriptions = [on(counted, ({ n }) => [job.request({ n })])]
    const append = (n: number) => withTx(database.db, (tx) => appendEvents(tx, [counted({ n }, systemClock.now())]))
    return { deps, jobs, job, runs, subscriptions, append }
  }
  const rest = { schedules: [] as Schedule[], sequences: [], concurrency: 2, log: silentLog }

  it('carries a fact from its transaction to its job, and stops', async () => {
    const { deps, jobs, job, runs, subscriptions, append } = await setUp()
    const worker = await runWorker({ ...rest, deps, jobs: [job], subscriptions, withRelay: true })
    for (const n of [1, 2, 3]) await append(n)
    await vi.waitFor(() => expect(runs.sort()).toEqual([1, 2, 3]), { timeout: 5_000 })
    await worker.stop(5_000)
    await append(4)
    expect(await outboxLag(database.db)).toMatchObject({ open: 1 })
    await jobs.close()
  })

  it('starts the listed schedules, and leaves them alone in a process that does not relay', async () => {
    const { deps, jobs, job, runs, subscriptions } = await setUp()
    const schedules = [{ id: 'tick', everyMs: 50, request: job.request({ n: 0 }) }]
    const relay = await runWorker({ ...rest, deps, jobs: [], subscriptions, schedules, withRelay: true })
    const other = await runWorker({ ...rest, deps, jobs: [job], subscriptions, withRelay: false })
    await vi.waitFor(() => expect(runs.length).toBeGreaterThan(3), { timeout: 5_000 })
    await relay.stop(5_000)
    await other.stop(5_000)
    await jobs.schedule([])
    await jobs.close()
  })
})
