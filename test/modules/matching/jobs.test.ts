import { describe, expect, it } from 'vitest'
import { inlineJobQueue } from '../../../src/adapters/jobs/inline.ts'
import { newId } from '../../../src/kernel/ids.ts'
import {
  listingClosed,
  listingPublished,
  listingReturned,
  listingUpdated,
} from '../../../src/modules/listings/index.ts'
import {
  matchingJobs,
  matchingSchedules,
  matchingSubscriptions,
  matchListingJob,
} from '../../../src/modules/matching/jobs.ts'

const now = new Date('2026-03-02T01:00:00.000Z')
const react = (event: { type: string; data: Record<string, unknown> }) =>
  matchingSubscriptions.filter(({ eventType }) => eventType === event.type).flatMap((one) => one.react(event.data))
const fact = (kind: 'supply' | 'finance_product') => ({
  listingId: newId(kind === 'supply' ? 'supply' : 'financeProduct'),
  kind,
  market: 'ningbo',
})

describe('matching', () => {
  it('matches a listing that is published or changed, once however often that is asked', () => {
    for (const event of [listingPublished, listingUpdated]) {
      const data = fact('supply')
      expect(react(event(data, now))).toMatchObject([
        {
          name: 'matching.match-listing',
          coalesce: data.listingId,
          attempts: 5,
          payload: { listingId: data.listingId },
        },
      ])
    }
  })

  it('makes few runs of a hundred edits in a burst, whether they come before, during or after a run', async () => {
    const queue = inlineJobQueue({ now: () => now })
    const data = fact('supply')
    let runs = 0
    const enqueue = (edit: number) =>
      queue.enqueue(react(listingUpdated(data, now)).map((request) => ({ ...request, id: `${edit}.0` })))
    const job = {
      ...matchListingJob,
      execute: async () => {
        runs += 1
        // Twenty more edits while the first run is at work: it may have read the listing before them.
        if (runs === 1) for (let edit = 60; edit < 80; edit += 1) await enqueue(edit)
        return { status: 'done' as const }
      },
    }
    for (let edit = 0; edit < 60; edit += 1) await enqueue(edit)
    await queue.runAll([job], {})
    expect(runs).toBe(2)
    for (let edit = 80; edit < 100; edit += 1) await enqueue(edit)
    await queue.runAll([job], {})
    expect(runs).toBe(3)
  })

  it('removes a listing that is closed or returned', () => {
    const data = fact('supply')
    const closed = listingClosed({ ...data, outcome: 'expired' }, now)
    const returned = listingReturned({ ...data, orgId: newId('organisation'), reasons: [] }, now)
    for (const event of [closed, returned]) expect(react(event)).toMatchObject([{ name: 'matching.remove-listing' }])
  })

  it('leaves finance products alone', () => {
    expect(react(listingPublished(fact('finance_product'), now))).toEqual([])
    expect(react(listingClosed({ ...fact('finance_product'), outcome: 'expired' }, now))).toEqual([])
  })

  it('schedules only jobs that it runs', () => {
    const names = matchingJobs.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(matchingSchedules.map(({ request }) => request.name)))
  })
})
