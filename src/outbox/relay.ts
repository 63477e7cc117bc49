import type { Db } from '../db/client.ts'
import { passFaultPoint } from '../kernel/fault-points.ts'
import type { Subscription } from '../kernel/job.ts'
import type { Log } from '../kernel/log.ts'
import { poll } from '../poll.ts'
import type { JobQueue } from '../ports/job-queue.ts'
import { type Lease, leaseEvents, markDone, recordFailures, releaseLease } from './outbox-repo.ts'
import { planJobs } from './plan-jobs.ts'

type RelayDeps = { db: Db; jobs: Pick<JobQueue, 'enqueue'>; log: Log }

const batchLimit = 200
const pollMs = 100

/**
 * Hands the jobs that follow from open events to the queue, then marks the events done. At least once: a relay that dies
 * in between leaves its lease, and the next one delivers the same jobs with the same ids. No transaction is open while
 * the queue is spoken to. Returns the number of events taken.
 *
 * @throws when the queue or the database cannot be reached; the events keep their attempts and are delivered later.
 */
export async function relayBatch(
  deps: RelayDeps,
  subscriptions: readonly Subscription[],
  options: { limit?: number; leaseMs?: number } = {},
): Promise<number> {
  const { limit = batchLimit, leaseMs = 60_000 } = options
  const lease = await leaseEvents(deps.db, { limit, leaseMs })
  if (lease.events.length === 0) return 0
  passFaultPoint('relay.leased')
  const plan = planJobs(lease.events, subscriptions)
  if (plan.failures.length > 0) {
    const dead = await recordFailures(deps.db, lease.token, plan.failures)
    deps.log.warn({ failures: plan.failures }, 'events that no subscription could read')
    if (dead.length > 0) deps.log.error({ events: dead }, 'events are dead after 10 attempts; replay or discard them')
  }
  await deliver(deps, lease, plan.jobs)
  passFaultPoint('relay.enqueued')
  const ids = plan.understood.map(({ id }) => id)
  const marked = ids.length > 0 ? await markDone(deps.db, lease.token, ids) : 0
  passFaultPoint('relay.marked')
  if (marked < ids.length) {
    deps.log.warn({ taken: ids.length, marked }, 'the lease ended before the batch; its events are delivered again')
  }
  return lease.events.length
}

async function deliver(deps: RelayDeps, lease: Lease, jobs: Parameters<JobQueue['enqueue']>[0]): Promise<void> {
  if (jobs.length === 0) return
  try {
    await deps.jobs.enqueue(jobs)
  } catch (error) {
    // When the database is away too, the lease ends by itself.
    await releaseLease(deps.db, lease.token).catch(() => undefined)
    throw error
  }
}

/**
 * Relays until the signal, finishing the batch at hand. It polls every 100 ms when there is nothing to do: a NOTIFY in
 * each business transaction would make their commits queue on PostgreSQL's one notify lock, which at 2,000 bids a second
 * costs far more than ten empty reads of a small partial index.
 */
export async function runRelay(
  deps: RelayDeps,
  subscriptions: readonly Subscription[],
  signal: AbortSignal,
): Promise<void> {
  const { log } = deps
  await poll({ trouble: 'the relay could not deliver', pollMs, log, signal }, async () => {
    return (await relayBatch(deps, subscriptions)) === batchLimit
  })
}
