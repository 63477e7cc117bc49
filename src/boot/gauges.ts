import { Gauge, type Registry } from 'prom-client'
import type { Db } from '../db/client.ts'
import { outboxLag } from '../outbox/index.ts'
import type { JobQueue } from '../ports/job-queue.ts'

type Pool = { totalCount: number; idleCount: number; waitingCount: number }

export type Watched = { db: Db; pool: Pool; jobs: Pick<JobQueue, 'depths'>; queues: readonly string[] }

/**
 * What is looked up when Prometheus asks: the pool of this process, the outbox and the queues. A lookup that fails leaves its
 * gauges without values instead of failing the scrape, so the process metrics are seen during an outage, too.
 */
export function registerGauges(registry: Registry, watched: Watched): void {
  watchPool(registry, watched.pool)
  watchOutbox(registry, watched.db)
  watchQueues(registry, watched)
}

function watchPool(registry: Registry, pool: Pool): void {
  new Gauge({
    name: 'database_pool_connections',
    help: 'Connections of this process: open, idle, and requests that wait for one.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.set({ state: 'open' }, pool.totalCount)
      this.set({ state: 'idle' }, pool.idleCount)
      this.set({ state: 'waiting' }, pool.waitingCount)
    },
  })
}

function watchOutbox(registry: Registry, db: Db): void {
  const look = shared(() => outboxLag(db))
  new Gauge({
    name: 'outbox_events',
    help: 'Events on their way (open), and those that failed ten times (dead).',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      this.reset()
      const lag = await look()
      if (lag === undefined) return
      this.set({ state: 'open' }, lag.open)
      this.set({ state: 'dead' }, lag.dead)
    },
  })
  new Gauge({
    name: 'outbox_oldest_age_seconds',
    help: 'Age of the oldest event on its way. Alert above 30.',
    registers: [registry],
    async collect() {
      this.reset()
      const lag = await look()
      if (lag !== undefined) this.set(lag.oldestAgeMs / 1000)
    },
  })
}

function watchQueues(registry: Registry, { jobs, queues }: Watched): void {
  const look = shared(() => jobs.depths(queues))
  new Gauge({
    name: 'queue_jobs',
    help: 'Jobs by queue and state.',
    labelNames: ['queue', 'state'],
    registers: [registry],
    async collect() {
      this.reset()
      for (const { queue, ...depth } of (await look()) ?? []) {
        for (const state of ['waiting', 'active', 'delayed', 'failed'] as const)
          this.set({ queue, state }, depth[state])
      }
    },
  })
  new Gauge({
    name: 'queue_oldest_waiting_seconds',
    help: 'How long the job that is due longest has waited. Add workers while it grows.',
    labelNames: ['queue'],
    registers: [registry],
    async collect() {
      this.reset()
      for (const { queue, oldestWaitingMs } of (await look()) ?? []) this.set({ queue }, oldestWaitingMs / 1000)
    },
  })
}

/** One lookup for all gauges of a scrape, which prom-client collects side by side; undefined when it failed. */
function shared<T>(look: () => Promise<T>): () => Promise<T | undefined> {
  let running: Promise<T | undefined> | undefined
  return () => {
    running ??= look()
      .catch(() => undefined)
      .finally(() => {
        running = undefined
      })
    return running
  }
}
