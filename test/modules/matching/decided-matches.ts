import type { Db } from '../../../src/db/client.ts'
import { withTx } from '../../../src/db/tx.ts'
import type { Clock } from '../../../src/kernel/clock.ts'
import { type Id, newId } from '../../../src/kernel/ids.ts'
import type { Facts } from '../../../src/modules/matching/domain/types.ts'
import { markMatchDecided } from '../../../src/modules/matching/index.ts'
import { type Match, upsertMatches } from '../../../src/modules/matching/match-repo.ts'
import { matchDecisions } from '../../../src/modules/matching/table.ts'
import { TITLES } from './domain/market.ts'

const facts = (id: string, kind: Facts['kind'], title: string): Facts => ({
  ...{ id, kind, title, orgId: newId('organisation'), market: 'ningbo', body: title, state: 'published' },
  ...{ fields: [], industries: [], strategicIndustries: [], ipc: [], cooperationModes: [], trustCode: 'green' },
  ...{ ipBlockedModes: [], acceptedRegions: [] },
})

/** A match as a run stores it, between listings that nobody needs to look up. */
export function aStoredMatch(change: Partial<Match>, at: Date): Match {
  return {
    id: newId('match'),
    demandId: newId('demand'),
    supplyId: newId('supply'),
    ...{ modelVersion: 'v1/t1-0', textModelVersion: 't1-0', score: 0.5, level: 2, parts: [], gates: [] },
    ...{ explanation: [], market: 'ningbo', demandOrgId: newId('organisation'), supplyOrgId: newId('organisation') },
    ...{ demandVersion: 1, supplyVersion: 1, history: [], state: 'proposed', decidedAt: null },
    ...{ createdAt: at, updatedAt: at },
    ...change,
  }
}

/** Decisions of brokers who approve a demand's own title and reject any other, one a minute. */
export async function givenDecisions(deps: { db: Db; clock: Clock }, count: number): Promise<void> {
  const demands = TITLES.map((title) => facts(newId('demand'), 'demand', title))
  for (let i = 0; i < count; i++) {
    const decidedAt = new Date(deps.clock.now().getTime() + i * 60_000)
    const demand = demands[i % demands.length]
    const isApproved = i % 2 === 0
    const title = TITLES[(i + (isApproved ? 0 : 13)) % TITLES.length]
    if (demand === undefined || title === undefined) continue
    const supply = facts(newId('supply'), 'supply', title)
    const match = aStoredMatch({ demandId: demand.id as Id<'demand'>, supplyId: supply.id as Id<'supply'> }, decidedAt)
    await withTx(deps.db, async (tx) => {
      await upsertMatches(tx, [match])
      await markMatchDecided(tx, match.id, isApproved ? 'approved' : 'rejected', decidedAt)
      const { demandId, supplyId } = match
      await tx.insert(matchDecisions).values({
        matchId: match.id,
        demandId,
        supplyId,
        isApproved,
        demandFacts: demand,
        supplyFacts: supply,
        decidedAt,
      })
    })
  }
}
