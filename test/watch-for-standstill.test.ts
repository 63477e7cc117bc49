import { describe, expect, it } from 'vitest'
import { done, type Job } from '../src/kernel/job.ts'
import type { QueueDepth } from '../src/ports/job-queue.ts'
import { watchForStandstill } from '../src/watch-for-standstill.ts'
import { testClock } from './support/clock.ts'

const minuteMs = 60_000

function setUp() {
  const clock = testClock()
  let depth: Pick<QueueDepth, 'waiting' | 'active'> = { waiting: 0, active: 0 }
  const depths = async (queues: readonly string[]) =>
    queues.map((queue) => ({ queue, delayed: 0, failed: 0, oldestWaitingMs: 0, ...depth }))
  const job: Job<object> = { name: 'probe.run', queue: 'probe', execute: async () => done }
  const { jobs, standingStill } = watchForStandstill([job], { jobs: { depths }, clock })
  const set = (next: typeof depth) => {
    depth = next
  }
  return { clock, set, run: () => jobs[0]?.execute({}, {}), found: () => standingStill(minuteMs) }
}

describe('watchForStandstill', () => {
  it('reports a queue whose jobs wait while none starts', async () => {
    const { clock, set, found } = setUp()
    set({ waiting: 3, active: 0 })
    clock.advance('59s')
    expect(await found()).toEqual([])
    clock.advance('1s')
    expect(await found()).toEqual(['probe'])
  })

  it('is patient after a start, and while a job runs anywhere', async () => {
    const { clock, set, run, found } = setUp()
    set({ waiting: 3, active: 0 })
    clock.advance('50s')
    await run()
    clock.advance('50s')
    expect(await found()).toEqual([])
    set({ waiting: 3, active: 1 })
    clock.advance('5m')
    expect(await found()).toEqual([])
  })

  it('starts its patience with the first job that waits after a quiet time', async () => {
    const { clock, set, found } = setUp()
    clock.advance('1h')
    expect(await found()).toEqual([])
    set({ waiting: 1, active: 0 })
    clock.advance('30s')
    expect(await found()).toEqual([])
    clock.advance('30s')
    expect(await found()).toEqual(['probe'])
  })
})
