import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { withTx } from '../../src/db/tx.ts'
import type { DomainEvent } from '../../src/kernel/domain-event.ts'
import { defineEvent } from '../../src/kernel/domain-event.ts'
import { type JobRequest, on, type Subscription } from '../../src/kernel/job.ts'
import {
  appendEvents,
  discardDeadEvents,
  listDeadEvents,
  outboxLag,
  relayBatch,
  replayDeadEvents,
  runRelay,
} from '../../src/outbox/index.ts'
import { leaseEvents, markDone } from '../../src/outbox/outbox-repo.ts'
import { silentLog, useTestDatabase } from '../support/db.ts'

const now = new Date('2026-03-02T01:00:00.000Z')
const counted = defineEvent('probe.counted', 1, z.object({ n: z.number() }))
const ignored = defineEvent('probe.ignored', 1, z.object({}))
const request = (name: string, n: number): JobRequest => ({ name, queue: 'probe', payload: { n }, attempts: 3 })
const subscriptions: Subscription[] = [
  on(counted, ({ n }) => [request('probe.first', n), request('probe.first', n + 1_000)]),
  on(counted, ({ n }) => [request('probe.second', n)]),
]

describe('relayBatch', () => {
  const database = useTestDatabase()
  let enqueued: (JobRequest & { id: string })[]
  let enqueue: (requests: readonly (JobRequest & { id: string })[]) => Promise<void>

  beforeEach(() => {
    enqueued = []
    enqueue = async (requests) => void enqueued.push(...requests)
  })
  afterEach(() => database.reset())

  const deps = () => ({
    db: database.db,
    jobs: { enqueue: (...args: Parameters<typeof enqueue>) => enqueue(...args) },
    log: silentLog,
  })
  const relay = (options: { limit?: number; leaseMs?: number } = {}) => relayBatch(deps(), subscriptions, options)
  const append = (...events: DomainEvent[]) => withTx(database.db, (tx) => appendEvents(tx, events))
  const appendCounts = (...numbers: number[]) => append(...numbers.map((n) => counted({ n }, now)))
  /** An event that no subscription can read: its data was written by another release. */
  const appendPoison = () => append({ type: 'probe.counted', version: 1, data: { n: 'secret' }, occurredAt: now })
  const firsts = () =>
    enqueued
      .filter(({ name, payload }) => name === 'probe.first' && Number(payload.n) < 1_000)
      .map(({ payload }) => payload.n)
  const makeDue = () => database.pool.query('update outbox_events set available_at = clock_timestamp()')
  const endLeases = () =>
    database.pool.query(`update outbox_events set lease_until = clock_timestamp() - interval '1 s'`)
  const lag = () => outboxLag(database.db)

  it('enqueues every job of an event once, under ids that say event, job and place', async () => {
    await appendCounts(7)
    expect(await relay()).toBe(1)
    expect(await relay()).toBe(0)
    const { rows } = await database.pool.query<{ id: string }>('select id from outbox_events')
    expect(enqueued.map(({ name, payload }) => [name, payload.n])).toEqual([
      ['probe.first', 7],
      ['probe.first', 1_007],
      ['probe.second', 7],
    ])
    const ids = enqueued.map(({ id }) => id)
    expect(ids.map((id) => id.replace(/^evt_[0-9a-z]{26}-/, ''))).toEqual([
      'probe.first-0',
      'probe.first-1',
      'probe.second-0',
    ])
    expect(new Set(ids.map((id) => id.split('-')[0])).size).toBe(rows.length)
    expect(ids.join()).not.toContain(':')
  })

  it('takes nothing of a transaction that was rolled back', async () => {
    const attempt = withTx(database.db, async (tx) => {
      await appendEvents(tx, [counted({ n: 1 }, now)])
      throw new Error('changed my mind')
    })
    await expect(attempt).rejects.toThrow('changed my mind')
    expect(await relay()).toBe(0)
  })

  it('delivers in the order of writing, in batches', async () => {
    const numbers = Array.from({ length: 25 }, (_, index) => index)
    await appendCounts(...numbers)
    expect([await relay({ limit: 10 }), await relay({ limit: 10 }), await relay({ limit: 10 })]).toEqual([10, 10, 5])
    expect(firsts()).toEqual(numbers)
  })

  it('is done with an event that nobody listens to', async () => {
    await append(ignored({}, now))
    expect(await relay()).toBe(1)
    expect(await lag()).toEqual({ open: 0, oldestAgeMs: 0, dead: 0 })
    expect(enqueued).toEqual([])
  })

  it('gives two relays at work different events', async () => {
    const numbers = Array.from({ length: 60 }, (_, index) => index)
    await appendCounts(...numbers)
    const taken = await Promise.all([1, 2, 3, 4].map(() => relay({ limit: 20 })))
    while ((await relay({ limit: 20 })) > 0);
    expect(taken.reduce((sum, count) => sum + count)).toBeGreaterThan(19)
    expect(firsts().sort((a, b) => Number(a) - Number(b))).toEqual(numbers)
  })

  it('delivers again, under the same ids, what a relay took and never finished', async () => {
    await appendCounts(1)
    const died = await leaseEvents(database.db, { limit: 10, leaseMs: 60_000 })
    expect(died.events).toHaveLength(1)
    expect(await relay()).toBe(0)
    await endLeases()
    expect(await relay()).toBe(1)
    const first = enqueued.map(({ id }) => id)
    await database.pool.query('update outbox_events set done_at = null')
    await relay()
    expect(enqueued.slice(first.length).map(({ id }) => id)).toEqual(first)
  })

  it('lets the holder of an ended lease mark nothing done', async () => {
    await appendCounts(1)
    const slow = await leaseEvents(database.db, { limit: 10, leaseMs: 60_000 })
    await endLeases()
    const fresh = await leaseEvents(database.db, { limit: 10, leaseMs: 60_000 })
    const ids = fresh.events.map(({ id }) => id)
    expect(await markDone(database.db, slow.token, ids)).toBe(0)
    expect(await lag()).toMatchObject({ open: 1 })
    expect(await markDone(database.db, fresh.token, ids)).toBe(1)
  })

  it('loses nothing and blames no event while the queue is away', async () => {
    await appendCounts(1, 2)
    const working = enqueue
    enqueue = () => Promise.reject(new Error('connect ECONNREFUSED'))
    for (let round = 0; round < 12; round += 1) await expect(relay()).rejects.toThrow('ECONNREFUSED')
    const { rows } = await database.pool.query('select attempts, lease_token from outbox_events')
    expect(rows).toEqual([
      { attempts: 0, lease_token: null },
      { attempts: 0, lease_token: null },
    ])
    enqueue = working
    expect(await relay()).toBe(2)
    expect(firsts()).toEqual([1, 2])
  })

  it('holds up no other event for one that it cannot read, and lets that one rest', async () => {
    await appendPoison()
    await appendCounts(1)
    expect(await relay()).toBe(2)
    expect(firsts()).toEqual([1])
    expect(await relay()).toBe(0)
    const { rows } = await database.pool.query(
      `select attempts, last_error, available_at > clock_timestamp() as rests from outbox_events where done_at is null`,
    )
    expect(rows).toEqual([{ attempts: 1, last_error: 'data does not match its schema: n invalid_type', rests: true }])
  })

  it('waits twice as long after every failure, at most five minutes', async () => {
    await appendPoison()
    const rests: number[] = []
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await makeDue()
      await relay()
      const { rows } = await database.pool.query<{ s: number }>(
        'select round(extract(epoch from available_at - clock_timestamp()))::int as s from outbox_events',
      )
      rests.push(rows[0]?.s ?? 0)
    }
    expect(rests).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300])
  })

  it('gives an event up after ten attempts, until somebody replays it', async () => {
    await appendPoison()
    for (let attempt = 0; attempt < 12; attempt += 1) {
      await makeDue()
      await relay()
    }
    const { items: dead } = await listDeadEvents(database.db, { limit: 10 })
    expect(dead).toMatchObject([{ type: 'probe.counted', attempts: 10, occurredAt: now }])
    expect(await lag()).toEqual({ open: 0, oldestAgeMs: 0, dead: 1 })
    await database.pool.query(`update outbox_events set data = '{"n": 5}'`)
    const ids = dead.map(({ id }) => id)
    expect(await replayDeadEvents(database.db, ids)).toBe(1)
    expect(await replayDeadEvents(database.db, ids)).toBe(0)
    await relay()
    expect(firsts()).toEqual([5])
    expect(await listDeadEvents(database.db, { limit: 10 })).toEqual({ items: [] })
  })

  it('never delivers a discarded event, and discards dead ones only', async () => {
    await appendPoison()
    await appendCounts(1)
    await database.pool.query(`update outbox_events set dead_at = now() where data->>'n' = 'secret'`)
    const { rows } = await database.pool.query<{ id: string }>('select id from outbox_events')
    expect(rows).toHaveLength(2)
    const [dead] = (await listDeadEvents(database.db, { limit: 10 })).items
    expect(await discardDeadEvents(database.db, dead ? [dead.id] : [])).toBe(1)
    expect(await relay()).toBe(1)
    expect(firsts()).toEqual([1])
    expect(await lag()).toMatchObject({ open: 0, dead: 0 })
  })

  it('keeps an event of a version that no subscription reads yet', async () => {
    await append({ type: 'probe.counted', version: 2, data: { n: 1 }, occurredAt: now })
    await relay()
    expect(await lag()).toMatchObject({ open: 1 })
    const next = defineEvent('probe.counted', 2, z.object({ n: z.number() }))
    await makeDue()
    await relayBatch(deps(), [...subscriptions, on(next, ({ n }) => [request('probe.next', n)])])
    expect(enqueued.map(({ name }) => name)).toEqual(['probe.next'])
  })

  it.each([
    ['a queue name', { queue: 'a:b' }],
    ['a payload that is too long', { payload: { text: 'x'.repeat(20_000) } }],
    ['a NUL', { payload: { text: 'a\u0000b' } }],
  ])('treats %s that no queue takes as the fault of its event, not as an outage', async (_, fault) => {
    await appendCounts(1, 2)
    const faulty = on(counted, ({ n }) => [{ ...request('probe.first', n), ...(n === 1 ? fault : {}) }])
    await relayBatch(deps(), [faulty])
    expect(firsts()).toEqual([2])
    expect(await lag()).toMatchObject({ open: 1 })
  })

  it('tells how many events wait and for how long', async () => {
    expect(await lag()).toEqual({ open: 0, oldestAgeMs: 0, dead: 0 })
    await appendCounts(1, 2)
    await database.pool.query(`update outbox_events set created_at = clock_timestamp() - interval '10 s'`)
    const { open, oldestAgeMs } = await lag()
    expect(open).toBe(2)
    expect(oldestAgeMs).toBeGreaterThanOrEqual(10_000)
    expect(oldestAgeMs).toBeLessThan(15_000)
  })

  it('runs until it is told to stop, through outages of the queue', async () => {
    const stop = new AbortController()
    const working = enqueue
    let refusals = 0
    enqueue = async (requests) => {
      refusals += 1
      if (refusals > 2) return working(requests)
      throw new Error('away')
    }
    const running = runRelay(deps(), subscriptions, stop.signal)
    await appendCounts(1)
    await vi.waitFor(() => expect(firsts()).toEqual([1]), { timeout: 5_000 })
    await appendCounts(2)
    await vi.waitFor(() => expect(firsts()).toEqual([1, 2]), { timeout: 5_000 })
    stop.abort()
    await running
    await appendCounts(3)
    expect(await lag()).toMatchObject({ open: 1 })
  })

  it('goes on after its database connections were cut', async () => {
    const stop = new AbortController()
    const running = runRelay(deps(), subscriptions, stop.signal)
    await database.pool.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
    await appendCounts(1)
    await vi.waitFor(() => expect(firsts()).toEqual([1]), { timeout: 5_000 })
    stop.abort()
    await running
  })
})
