import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gatherJobs, type PlannedJob } from '../../src/outbox/gather-jobs.ts'

const atMost = 5

function job(id: string, market: string, ids: string[]): PlannedJob {
  const gather = { list: 'ids', atMost }
  return { id, name: 'count', queue: 'statistics', attempts: 3, payload: { market, ids }, gather }
}

const some = fc
  .array(
    fc.record({
      market: fc.constantFrom('ningbo', 'ganxian'),
      ids: fc.array(fc.string(), { minLength: 1, maxLength: 4 }),
    }),
    { maxLength: 30 },
  )
  .map((list) => list.map(({ market, ids }, place) => job(`e${place}`, market, ids)))

const itemsOf = (jobs: readonly PlannedJob[], market: string) =>
  jobs.filter(({ payload }) => payload.market === market).flatMap(({ payload }) => payload.ids)

describe('gatherJobs', () => {
  it('keeps every item, in its order and beside its own kind, and no run takes more than it may', () => {
    fc.assert(
      fc.property(some, (jobs) => {
        const gathered = gatherJobs(jobs)
        for (const market of ['ningbo', 'ganxian']) expect(itemsOf(gathered, market)).toEqual(itemsOf(jobs, market))
        for (const { payload } of gathered) expect((payload.ids as string[]).length).toBeLessThanOrEqual(atMost)
        expect(new Set(gathered.map(({ id }) => id)).size).toBe(gathered.length)
      }),
    )
  })

  it('names what it gathered: the same jobs have the same id, another company another', () => {
    const [a, b, c] = [job('a', 'ningbo', ['1']), job('b', 'ningbo', ['2']), job('c', 'ningbo', ['3'])]
    const idOf = (...jobs: PlannedJob[]) => gatherJobs(jobs)[0]?.id
    expect(idOf(a)).toBe('a')
    expect(idOf(a, b)).toBe(idOf(a, b))
    expect(new Set([idOf(a), idOf(a, b), idOf(a, c), idOf(a, b, c)]).size).toBe(4)
  })

  it('leaves alone what gathers nothing, waits for a time or is merged by a key', () => {
    const { gather: _, ...plain } = job('a', 'ningbo', ['1'])
    const later = (id: string) => ({ ...job(id, 'ningbo', ['1']), runAt: new Date(Date.UTC(2026, 0, Number(id))) })
    expect(gatherJobs([plain, { ...plain, id: 'b' }])).toHaveLength(2)
    expect(gatherJobs([later('1'), later('2')])).toHaveLength(2)
  })

  it('makes no payload that the queue would refuse', () => {
    const gather = { list: 'ids', atMost: 1_000 }
    const long = Array.from({ length: 10 }, (_, n) => ({ ...job(`e${n}`, 'ningbo', ['x'.repeat(6_000)]), gather }))
    const gathered = gatherJobs(long)
    expect(gathered).toHaveLength(5)
    for (const { payload } of gathered) expect(JSON.stringify(payload).length).toBeLessThan(16_384)
  })
})
