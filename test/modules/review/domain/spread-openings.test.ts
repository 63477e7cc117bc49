import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Opening, spreadOpenings, worthOf } from '../../../../src/modules/review/domain/spread-openings.ts'

const opening = (matchId: string, score: number, change: Partial<Opening> = {}): Opening => ({
  ...{ matchId, score, demandId: 'd', supplyId: `s${matchId}`, uses: ['listing d', `listing s${matchId}`] },
  ...change,
})
const nothing = new Map<string, number>()
const idsOf = (openings: readonly Opening[]) => openings.map(({ matchId }) => matchId)

/** Up to eight openings among three demands and supplies of two organisations in one market. */
const anyBatch = fc.record({
  openings: fc
    .uniqueArray(
      fc.record({
        matchId: fc.uuid(),
        score: fc.double({ min: 0.01, max: 1, noNaN: true }),
        demandId: fc.constantFrom('d1', 'd2', 'd3'),
        supplyId: fc.constantFrom('s1', 's2', 's3'),
      }),
      { selector: ({ matchId }) => matchId, maxLength: 8 },
    )
    .map((all) =>
      all.map((one) => ({ ...one, uses: [one.demandId, one.supplyId, `org ${one.supplyId < 's3'}`, 'm'] })),
    ),
  room: fc
    .tuple(...Array.from({ length: 9 }, () => fc.integer({ min: 0, max: 4 })))
    .map(
      (places) =>
        new Map(['d1', 'd2', 'd3', 's1', 's2', 's3', 'org true', 'org false', 'm'].map((n, i) => [n, places[i] ?? 0])),
    ),
  undecided: fc.constantFrom(nothing, new Map([['d1', 2]]), new Map([['s1', 5]])),
})

const fits = (openings: readonly Opening[], room: ReadonlyMap<string, number>) =>
  [...room].every(([name, places]) => openings.filter(({ uses }) => uses.includes(name)).length <= places)

function subsetsOf<T>(items: readonly T[]): T[][] {
  const sets: T[][] = [[]]
  for (const item of items) sets.push(...sets.map((set) => [...set, item]))
  return sets
}

describe('spreadOpenings', () => {
  it('takes the best while every limit has room', () => {
    const openings = [opening('a', 0.6), opening('b', 0.9), opening('c', 0.7)]
    const chosen = (room: [string, number][]) =>
      idsOf(spreadOpenings(openings, { room: new Map(room), undecided: nothing }))
    expect(chosen([['listing d', 2]])).toEqual(['b', 'c'])
    expect(
      chosen([
        ['listing d', 2],
        ['listing sb', 0],
      ]),
    ).toEqual(['c', 'a'])
    expect(chosen([])).toHaveLength(3)
  })

  it('gives a place to a listing that has none rather than to the tenth good match of another', () => {
    const popular = opening('popular', 0.9, { supplyId: 'everywhere', demandId: 'd1', uses: ['market'] })
    const tail = opening('tail', 0.6, { supplyId: 'rare', demandId: 'd2', uses: ['market'] })
    const limits = { room: new Map([['market', 1]]), undecided: nothing }
    expect(idsOf(spreadOpenings([popular, tail], limits))).toEqual(['popular'])
    const undecided = new Map([
      ['everywhere', 9],
      ['d1', 3],
    ])
    expect(idsOf(spreadOpenings([popular, tail], { ...limits, undecided }))).toEqual(['tail'])
  })

  it('never exceeds a limit, and leaves out only what would', () => {
    fc.assert(
      fc.property(anyBatch, ({ openings, ...limits }) => {
        const chosen = spreadOpenings(openings, limits)
        expect(fits(chosen, limits.room)).toBe(true)
        const left = openings.filter((one) => !chosen.includes(one))
        expect(left.every((one) => !fits([...chosen, one], limits.room))).toBe(true)
      }),
    )
  })

  it('is worth a fifth of the best set at least with four limits an opening, and more than half in practice', () => {
    let least = 1
    fc.assert(
      fc.property(anyBatch, ({ openings, ...limits }) => {
        const feasible = subsetsOf(openings).filter((set) => fits(set, limits.room))
        const best = Math.max(...feasible.map((set) => worthOf(set, limits.undecided)))
        const share = best > 0 ? worthOf(spreadOpenings(openings, limits), limits.undecided) / best : 1
        least = Math.min(least, share)
        expect(share).toBeGreaterThanOrEqual(1 / 5)
      }),
    )
    expect(least).toBeGreaterThan(0.5)
  })

  it('does not depend on the order in which matches come', () => {
    fc.assert(
      fc.property(anyBatch, ({ openings, ...limits }) => {
        expect(spreadOpenings([...openings].reverse(), limits)).toEqual(spreadOpenings(openings, limits))
      }),
    )
  })
})
