import { describe, expect, it } from 'vitest'
import { admit } from '../../../../src/modules/webhooks/domain/admission.ts'
import { judge } from '../../../../src/modules/webhooks/domain/delivery.ts'
import { bodyOf } from '../../../../src/modules/webhooks/domain/message.ts'
import { firstPace, paceAfter } from '../../../../src/modules/webhooks/domain/pace.ts'

const now = new Date('2026-03-02T01:00:00.000Z')
const later = (ms: number) => new Date(now.getTime() + ms)
const answered = (statusCode: number, more: { retryAfter?: string; latencyMs?: number } = {}) => ({
  statusCode,
  latencyMs: 20,
  ...more,
})
const half = { now, random: 0.5 }

describe('an answer', () => {
  it('is a success from 200 to 299 and at no other status', () => {
    for (let status = 100; status < 600; status += 1) {
      const { state } = judge(answered(status), { attempts: 1, ...half }, null)
      expect([status, state === 'delivered']).toEqual([status, status >= 200 && status < 300])
    }
  })

  it('410 ends at the first attempt; everything else ends at the tenth', () => {
    expect(judge(answered(410), { attempts: 1, ...half }, null)).toEqual({ state: 'failed', reason: 'gone' })
    const failed = { failure: 'timeout', latencyMs: 15_000 }
    expect(judge(failed, { attempts: 9, ...half }, null)).toMatchObject({ state: 'pending' })
    expect(judge(failed, { attempts: 10, ...half }, null)).toEqual({ state: 'failed', reason: 'exhausted' })
  })

  it('waits for Retry-After and for the pause of the endpoint when either is later than the schedule', () => {
    const judged = (retryAfter: string | undefined, pausedUntil: Date | null) =>
      judge(answered(503, { ...(retryAfter && { retryAfter }) }), { attempts: 1, ...half }, pausedUntil)
    expect(judged(undefined, null)).toEqual({ state: 'pending', at: later(5_000) })
    expect(judged('60', null)).toEqual({ state: 'pending', at: later(60_000) })
    expect(judged('1', null)).toEqual({ state: 'pending', at: later(5_000) })
    expect(judged('60', later(90_000))).toEqual({ state: 'pending', at: later(90_000) })
  })
})

describe('the pace of an endpoint', () => {
  it('rises by one with each quick success up to 8 and halves with failures and slow answers down to 1', () => {
    const steps = (answers: Parameters<typeof paceAfter>[1][]) =>
      answers.reduce((pace, answer) => paceAfter(pace, answer, now), firstPace).parallelLimit
    expect(steps([answered(200)])).toBe(5)
    expect(steps(Array(9).fill(answered(200)))).toBe(8)
    expect(steps([answered(200, { latencyMs: 2_000 })])).toBe(4)
    expect(steps([answered(200, { latencyMs: 9_000 })])).toBe(2)
    expect(steps(Array(9).fill(answered(500)))).toBe(1)
  })

  it('pauses when overloaded: twice as long with each failure in a row, or as long as it asks', () => {
    for (const overload of [answered(429), answered(502), answered(504), { failure: 'timeout', latencyMs: 15_000 }]) {
      const once = paceAfter(firstPace, overload, now)
      expect(once.pausedUntil).toEqual(later(5_000))
      expect(paceAfter(once, overload, now).pausedUntil).toEqual(later(10_000))
    }
    expect(paceAfter({ ...firstPace, consecutiveFailures: 99 }, answered(429), now).pausedUntil).toEqual(later(320_000))
    expect(paceAfter(firstPace, answered(429, { retryAfter: '30' }), now).pausedUntil).toEqual(later(30_000))
    expect(paceAfter(firstPace, answered(500), now).pausedUntil).toBeNull()
    expect(paceAfter(firstPace, { failure: 'connection', latencyMs: 1 }, now).pausedUntil).toBeNull()
  })
})

describe('an attempt', () => {
  const endpoint = { isEnabled: true, ...firstPace }
  const atRest = { running: 0, now }

  it.each([
    ['go', endpoint, atRest],
    ['go', endpoint, { running: 3, now }],
    ['go', { ...endpoint, pausedUntil: now }, atRest],
    ['disabled', { ...endpoint, isEnabled: false, pausedUntil: later(1) }, atRest],
    ['paused', { ...endpoint, pausedUntil: later(1) }, atRest],
    ['crowded', endpoint, { running: 4, now }],
  ])('is answered %s by %o with %o', (admission, asked, standing) => {
    expect(admit(asked, standing)).toBe(admission)
  })
})

describe('a body', () => {
  it('is the same bytes whatever the order of its ids', () => {
    const message = { type: 'match.approved' as const, occurredAt: now }
    const one = bodyOf({ ...message, data: { b: '2', a: '1' } })
    expect(one).toBe(bodyOf({ ...message, data: { a: '1', b: '2' } }))
    expect(one).toBe('{"type":"match.approved","timestamp":"2026-03-02T01:00:00.000Z","data":{"a":"1","b":"2"}}')
  })
})
