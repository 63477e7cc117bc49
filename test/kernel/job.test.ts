import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { defineEvent } from '../../src/kernel/domain-event.ts'
import { cancel, defineJob, done, on, snooze } from '../../src/kernel/job.ts'

const payload = z.object({ demandId: z.string().min(3), round: z.number().default(1) })

function matchJob(run = vi.fn(async () => undefined as ReturnType<typeof snooze> | undefined)) {
  return { run, job: defineJob({ name: 'matching.match-demand', queue: 'matching', attempts: 5, payload, run }) }
}

describe('a job', () => {
  it('is requested with a checked payload, its queue and its attempts', () => {
    const runAt = new Date('2026-03-02T00:00:00Z')
    expect(matchJob().job.request({ demandId: 'dem_1' }, { runAt, coalesce: 'dem_1' })).toEqual({
      name: 'matching.match-demand',
      queue: 'matching',
      attempts: 5,
      payload: { demandId: 'dem_1', round: 1 },
      runAt,
      coalesce: 'dem_1',
    })
  })

  it('cannot be requested with a payload that its handler would refuse', () => {
    expect(() => matchJob().job.request({ demandId: '' })).toThrow(z.ZodError)
  })

  it('runs with the parsed payload; a handler that returns nothing is done', async () => {
    const { job, run } = matchJob()
    const deps = { marker: 1 }

    expect(await job.execute(deps, { demandId: 'dem_1', unknown: true })).toEqual(done)
    expect(run).toHaveBeenCalledExactlyOnceWith(deps, { demandId: 'dem_1', round: 1 })
  })

  it('passes on what the handler decided', async () => {
    expect(await matchJob(vi.fn(async () => snooze(500))).job.execute({}, { demandId: 'dem_1' })).toEqual({
      status: 'snooze',
      delayMs: 500,
    })
  })

  it.each([undefined, null, {}, { demandId: 7 }, 'dem_1'])(
    'is cancelled, not retried, with payload %j',
    async (raw) => {
      const { job, run } = matchJob()
      expect(await job.execute({}, raw)).toEqual(cancel('payload of matching.match-demand does not match its schema'))
      expect(run).not.toHaveBeenCalled()
    },
  )

  it('fails with the error of its handler, so that the queue tries again', async () => {
    const run = vi.fn(() => Promise.reject(new Error('database is away')))
    await expect(matchJob(run).job.execute({}, { demandId: 'dem_1' })).rejects.toThrow('database is away')
  })
})

describe('a subscription', () => {
  const demandPublished = defineEvent('demand.published', 2, z.object({ demandId: z.string() }))
  const { job } = matchJob()
  const subscription = on(demandPublished, ({ demandId }) => [job.request({ demandId })])

  it('names the event and the version that it reads', () => {
    expect(subscription).toMatchObject({ eventType: 'demand.published', eventVersion: 2 })
  })

  it('turns the data of an event into requests', () => {
    expect(subscription.react({ demandId: 'dem_1' })).toEqual([job.request({ demandId: 'dem_1' })])
  })

  it('refuses data that does not match the schema of the event', () => {
    expect(() => subscription.react({ demandId: 1 })).toThrow(z.ZodError)
  })
})
