import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { inlineJobQueue } from '../../../src/adapters/jobs/inline.ts'
import { cancel, defineJob, done, type Outcome, snooze } from '../../../src/kernel/job.ts'
import { testClock } from '../../support/clock.ts'

const probe = (run: (key: string) => Promise<Outcome>) =>
  defineJob({
    name: 'probe.run',
    queue: 'probe',
    attempts: 3,
    payload: z.object({ key: z.string() }),
    run: (_: object, { key }) => run(key),
  })

function setUp(react: (key: string) => Outcome = () => done) {
  const clock = testClock()
  const runs: string[] = []
  const job = probe(async (key) => {
    runs.push(key)
    return react(key)
  })
  const jobs = inlineJobQueue(clock)
  const enqueue = (key: string, extras: { runAt?: Date; coalesce?: string } = {}) =>
    jobs.enqueue([{ ...job.request({ key }, extras), id: key }])
  return { clock, runs, jobs, enqueue, runAll: () => jobs.runAll([job], {}) }
}

describe('inlineJobQueue', () => {
  it('runs nothing before it is told to, then everything in order', async () => {
    const { runs, jobs, enqueue, runAll } = setUp()
    await enqueue('a')
    await enqueue('b')
    expect(runs).toEqual([])
    expect(await jobs.depths(['probe'])).toEqual([
      { queue: 'probe', waiting: 2, active: 0, delayed: 0, failed: 0, oldestWaitingMs: 0 },
    ])
    expect(await runAll()).toBe(2)
    expect(runs).toEqual(['a', 'b'])
  })

  it('runs the same id once', async () => {
    const { runs, enqueue, runAll } = setUp()
    await enqueue('a')
    await enqueue('a')
    await runAll()
    await enqueue('a')
    await runAll()
    expect(runs).toEqual(['a'])
  })

  it('merges requests that wait together, and runs one that comes later', async () => {
    const { runs, enqueue, runAll } = setUp()
    await enqueue('a', { coalesce: 'same' })
    await enqueue('b', { coalesce: 'same' })
    await enqueue('c', { coalesce: 'different' })
    await runAll()
    await enqueue('d', { coalesce: 'same' })
    await runAll()
    expect(runs).toEqual(['a', 'c', 'd'])
  })

  it('keeps what a running job requests of its own kind', async () => {
    const clock = testClock()
    const jobs = inlineJobQueue(clock)
    const runs: string[] = []
    const job = probe(async (key) => {
      runs.push(key)
      if (runs.length === 1) await jobs.enqueue([{ ...job.request({ key: 'b' }, { coalesce: 'same' }), id: 'b' }])
      return done
    })
    await jobs.enqueue([{ ...job.request({ key: 'a' }, { coalesce: 'same' }), id: 'a' }])
    await jobs.runAll([job], {})
    expect(runs).toEqual(['a', 'b'])
  })

  it('leaves a job until its time and a snoozed one until it is over', async () => {
    const { clock, runs, jobs, enqueue, runAll } = setUp((key) =>
      runs.length < 2 && key === 'a' ? snooze(60_000) : done,
    )
    await enqueue('a')
    await enqueue('later', { runAt: new Date(clock.now().getTime() + 120_000) })
    await runAll()
    expect(runs).toEqual(['a'])
    expect(await jobs.depths(['probe'])).toMatchObject([{ waiting: 0, delayed: 2 }])
    clock.advance('1m')
    await runAll()
    clock.advance('1m')
    await runAll()
    expect(runs).toEqual(['a', 'a', 'later'])
  })

  it('shows cancelled jobs and throws what a handler throws', async () => {
    const { jobs, enqueue, runAll } = setUp((key) => {
      if (key === 'bad') throw new Error('out of order')
      return cancel('gone')
    })
    await enqueue('a')
    await runAll()
    expect(jobs.cancelled()).toEqual([{ id: 'a', reason: 'gone' }])
    await enqueue('bad')
    await expect(runAll()).rejects.toThrow('out of order')
  })

  it('shows the schedules that it was given last', async () => {
    const { jobs } = setUp()
    const request = { name: 'probe.run', queue: 'probe', payload: { key: 'tick' }, attempts: 1 }
    await jobs.schedule([{ id: 'old', everyMs: 1_000, request }])
    await jobs.schedule([{ id: 'new', everyMs: 1_000, request }])
    expect(jobs.schedules().map(({ id }) => id)).toEqual(['new'])
  })
})
