import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { listDecisionsOn, type MatchDecision } from './decision-repo.ts'
import { decidedOf } from './domain/learning/refit.ts'
import { type Prepared, prepare, withHistory } from './domain/prepare.ts'
import type { ScoreModel } from './domain/score-model.ts'
import { preparedCache } from './prepared-cache.ts'

/** A demand prepared with what brokers decided on it, and which decisions those are. */
export type Informed = Prepared & { decided?: Id<'match'>[] }

/** Of one demand, the newest: learning costs the cube of their number, and a run may ask for 200 demands. */
const maxDecisions = 40

/** Decided supplies never change, so they are prepared once a text model; 500,000 grams are some 10,000 of them. */
const cache = preparedCache(500_000)

/** The demands with the decisions on them, by id; a model that gives history no weight reads none. */
export async function withDecisions(db: Db, demands: readonly Prepared[], model: ScoreModel): Promise<Informed[]> {
  if (!model.features.some(({ feature }) => feature === 'decision_history')) return [...demands]
  const ids = demands.map(({ facts }) => facts.id)
  const byDemand = new Map<string, MatchDecision[]>()
  for (const decision of await listDecisionsOn(db, ids, maxDecisions)) {
    byDemand.set(decision.demandId, [...(byDemand.get(decision.demandId) ?? []), decision])
  }
  return demands.map((demand) => inform(demand, byDemand.get(demand.facts.id) ?? [], model))
}

/** The demand as exactly these decisions make it look. */
export function inform(demand: Prepared, decisions: readonly MatchDecision[], model: ScoreModel): Informed {
  if (decisions.length === 0) return demand
  const decided = decisions.map(({ matchId, supplyFacts, isApproved }) => {
    const stamp = demand.textModel.version
    const supply = cache.find(matchId, stamp) ?? prepare(supplyFacts, demand.textModel)
    cache.add(matchId, stamp, supply)
    return decidedOf({ matchId, demand, supply, isApproved }, model)
  })
  return { ...withHistory(demand, decided), decided: decisions.map(({ matchId }) => matchId) }
}
