import type { Db } from '../../db/client.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { idToUuid } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type ListingId, type ListingWithOwner, readListingsWithOwners } from '../listings/index.ts'
import { activeModels } from './active-models.ts'
import type { GateFailure } from './domain/gates/gate.ts'
import { minimalSets } from './domain/near-misses/minimal-sets.ts'
import { type CostedSet, orderSets } from './domain/near-misses/order-sets.ts'
import type { NearMiss } from './domain/near-misses/step.ts'
import { rank } from './domain/rank.ts'
import type { Facts } from './domain/types.ts'
import { findCandidates, type Seeker } from './find-candidates.ts'
import { judgeCandidates, nearMissesAmong } from './judge-candidates.ts'
import { minScore } from './match-document.ts'
import { listMatchesOf, type Side } from './match-repo.ts'
import { isDecided } from './plan-changes.ts'
import { readOwnFacts } from './read-own-facts.ts'

export type FindNearMisses = {
  id: Side
  /** Most sets in the answer, the cheapest first. */
  limit: number
  /** Most steps in one set. */
  relaxations: number
  /** Only the sets that are minimal for this many further matches; without it, for each of a few numbers. */
  opens?: number | undefined
}

/** A near miss with its value, judged by everything but the terms that the asker could give way on. */
export type ScoredNearMiss = NearMiss & { value: number; gates: readonly GateFailure[] }

export type NearMisses = {
  asker: Facts
  /** Counterparts that fit and pass every gate today. */
  matches: number
  /** Counterparts that fit and that the asker cannot open by itself. */
  outOfReach: number
  nearMisses: readonly ScoredNearMiss[]
  sets: readonly CostedSet<ScoredNearMiss>[]
  teasers: ReadonlyMap<string, ListingWithOwner>
}

/** The best of them: what a hundredth near miss would take is nobody's question. */
const maxNearMisses = 100
/** For each of these numbers the sets that open as many: every single price would be a set of its own otherwise. */
const usualOpens = [1, 2, 3, 5, 10, 20, 50]
/** Listings named with a set, and near misses named by themselves. */
export const maxNamed = 10

/**
 * Who fits a listing but fails its gates, and the smallest sets of changes on its side that would open further matches.
 * Pairs that a broker has decided are no further matches. Writes nothing. @throws NOT_FOUND
 */
export async function findNearMisses(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  input: FindNearMisses,
): Promise<NearMisses> {
  const { db } = deps
  const facts = await readOwnFacts(deps, actor, input.id)
  const asker = { ...(await activeModels(db)), facts, today: chinaDay(deps.clock.now()) }
  const judged = await judgeCandidates(db, asker, await undecidedHits(db, input.id, asker))
  const nearMisses = rank(nearMissesAmong(judged), { threshold: minScore, limit: maxNearMisses })
  const opens = input.opens === undefined ? usualOpens : [input.opens]
  const sets = orderSets(facts, minimalSets(nearMisses, { relaxations: input.relaxations, opens }))
  const shown = sets.slice(0, input.limit)
  return {
    asker: facts,
    matches: judged.filter(({ gates }) => gates.length === 0).length,
    outOfReach: judged.filter(({ needs }) => needs === undefined).length,
    nearMisses,
    sets: shown,
    teasers: await readListingsWithOwners(db, namedIn(nearMisses, shown)),
  }
}

async function undecidedHits(db: Db, id: Side, asker: Seeker): Promise<string[]> {
  const decided = (await listMatchesOf(db, id)).filter(isDecided)
  const gone = new Set(decided.flatMap(({ demandId, supplyId }) => [idToUuid(demandId), idToUuid(supplyId)]))
  return (await findCandidates(db, asker)).filter((uuid) => !gone.has(uuid))
}

function namedIn(nearMisses: readonly NearMiss[], sets: readonly CostedSet<NearMiss>[]): ListingId[] {
  const named = [nearMisses, ...sets.map(({ opened }) => opened)].flatMap((some) => some.slice(0, maxNamed))
  return [...new Set(named.map(({ id }) => id as ListingId))]
}
