import type { Db } from '../../../src/db/client.ts'
import type { Clock } from '../../../src/kernel/clock.ts'
import { type Id, newId } from '../../../src/kernel/ids.ts'
import type { Listing } from '../../../src/modules/listings/index.ts'
import type { Match } from '../../../src/modules/matching/index.ts'
import { upsertMatches } from '../../../src/modules/matching/match-repo.ts'
import { openItems } from '../../../src/modules/review/open-items.ts'
import { given } from '../../support/given.ts'
import type { ReviewApi } from './review-api.ts'

/** A market with an enterprise, a university, a broker and an operator. */
export async function givenScene(
  api: { deps: Parameters<typeof given>[0] },
  rules: Parameters<ReturnType<typeof given>['market']>[0] = {},
) {
  const now = given(api.deps)
  await now.market({ maxMatchesPerListing: 1_000, maxMatchesPerListingDay: 1_000, ...rules, publishOnSubmit: true })
  const enterprise = await now.organisation({ kind: 'enterprise' })
  const university = await now.organisation({ kind: 'university' })
  return { now, enterprise, university, broker: await now.broker(), operator: await now.operator() }
}

export type Scene = Awaited<ReturnType<typeof givenScene>>

/** Must never be seen outside the owner's view. */
export const canaries = { confidentialDetail: '机密工艺参数', contact: { name: '密先生', phone: '13800000000' } }

export async function givenDemands(scene: Scene, count: number, fields: Record<string, unknown> = {}) {
  const made: Listing[] = []
  for (let i = 0; i < count; i += 1)
    made.push((await scene.now.publishedDemand({ by: scene.enterprise, ...canaries, ...fields })).listing)
  return made
}

export async function givenSupplies(scene: Scene, count: number, fields: Record<string, unknown> = {}) {
  const made: Listing[] = []
  for (let i = 0; i < count; i += 1)
    made.push((await scene.now.publishedSupply({ by: scene.university, ...canaries, ...fields })).listing)
  return made
}

type Pair = { demand: Listing; supply: Listing; score?: number; level?: 1 | 2 | 3 | 4 }

/** Stores proposed matches as matching would; the pair's second match replaces the first. */
export async function givenMatches(
  api: { deps: { db: Db }; clock: Clock },
  pairs: readonly Pair[],
): Promise<Id<'match'>[]> {
  return upsertMatches(
    api.deps.db,
    pairs.map((pair) => matchOf(pair, api.clock.now())),
  )
}

function matchOf({ demand, supply, score = 0.8, level = 3 }: Pair, now: Date): Match {
  return {
    id: newId('match'),
    demandId: demand.id as Id<'demand'>,
    supplyId: supply.id as Id<'supply'>,
    modelVersion: 'test',
    textModelVersion: 'test',
    score,
    level,
    parts: [],
    gates: [],
    explanation: ['因为是测试'],
    market: demand.market,
    demandOrgId: demand.orgId,
    supplyOrgId: supply.orgId,
    demandVersion: demand.version,
    supplyVersion: supply.version,
    history: [],
    state: 'proposed',
    decidedAt: null,
    createdAt: now,
    updatedAt: now,
  }
}

/** Review items of every demand with every supply. */
export async function givenItems(
  api: ReviewApi,
  scene: Scene,
  { demands = 1, supplies = 1 }: { demands?: number; supplies?: number } = {},
): Promise<Id<'match'>[]> {
  const [wanted, offered] = [await givenDemands(scene, demands), await givenSupplies(scene, supplies)]
  const matchIds = await givenMatches(
    api,
    wanted.flatMap((demand) => offered.map((supply) => ({ demand, supply }))),
  )
  await openItems(api.deps, { matchIds })
  return matchIds
}
