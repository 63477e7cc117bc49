import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.ts'
import type { Match } from '../../../src/modules/matching/index.ts'
import { planChanges } from '../../../src/modules/matching/plan-changes.ts'

const demandId = newId('demand')
const at = new Date('2026-03-02T01:00:00.000Z')

function aMatch(change: Partial<Match> = {}): Match {
  return {
    id: newId('match'),
    demandId,
    supplyId: newId('supply'),
    modelVersion: 'v1/t1-0',
    textModelVersion: 't1-0',
    score: 0.5,
    level: 2,
    parts: [],
    gates: [],
    explanation: ['一'],
    market: 'ningbo',
    demandOrgId: newId('organisation'),
    supplyOrgId: newId('organisation'),
    demandVersion: 1,
    supplyVersion: 1,
    history: [],
    state: 'proposed',
    decidedAt: null,
    createdAt: at,
    updatedAt: at,
    ...change,
  }
}

/** The same pair, found anew: other id, other time. */
const again = (match: Match, change: Partial<Match> = {}): Match =>
  aMatch({ ...match, id: newId('match'), updatedAt: new Date(at.getTime() + 1000), ...change })

describe('planChanges', () => {
  it('writes nothing for what is there already', () => {
    const stored = aMatch()
    expect(planChanges([stored], [again(stored)])).toEqual({ upserts: [], fallen: [], news: new Set() })
  })

  it('announces what is new, what is back and what has another score', () => {
    const [fresh, back, moved] = [aMatch(), aMatch({ state: 'stale' }), aMatch()]
    const found = [fresh, again(back, { state: 'proposed' }), again(moved, { score: 0.6 })]
    const { upserts, news } = planChanges([back, moved], found)
    expect(upserts.map(({ id }) => id)).toEqual([fresh.id, back.id, moved.id])
    expect(news).toEqual(new Set([fresh.id, back.id, moved.id]))
  })

  it('stores a new version silently when the score is the same', () => {
    const stored = aMatch()
    const { upserts, news } = planChanges([stored], [again(stored, { demandVersion: 2 })])
    expect(upserts).toMatchObject([{ id: stored.id, demandVersion: 2, createdAt: at }])
    expect(news.size).toBe(0)
  })

  it('never touches what a broker decided or what another run scored on a newer version', () => {
    const decided = [aMatch({ state: 'approved', decidedAt: at }), aMatch({ state: 'rejected', decidedAt: at })]
    const newer = aMatch({ supplyVersion: 2 })
    const found = [...decided, newer].map((match) => again(match, { score: 0.9, state: 'proposed', supplyVersion: 1 }))
    expect(planChanges([...decided, newer], found)).toEqual({ upserts: [], fallen: [], news: new Set() })
    expect(planChanges(decided, []).fallen).toEqual([])
  })

  it('lets undecided matches fall that are not found again', () => {
    const [open, stale] = [aMatch(), aMatch({ state: 'stale' })]
    expect(planChanges([open, stale], []).fallen).toEqual([open.id])
  })
})
