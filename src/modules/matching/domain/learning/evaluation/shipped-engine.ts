import { type Prepared, withHistory } from '../../prepare.ts'
import { scorePair } from '../../score.ts'
import type { ScoreModel } from '../../score-model.ts'
import { decidedOf } from '../refit.ts'
import type { Pair, Predict } from './engine.ts'
import { groupsOf } from './metrics.ts'

/** Level from which on a judged pair counts as approved, as the product's value is the probability of it. */
const approvedFrom = 3

/**
 * The model as it stands: what the product would have said of a pair, had brokers approved or rejected the training pairs of
 * the same demand before.
 */
export function shippedEngine(training: readonly Pair[], model: ScoreModel): Predict {
  const membersOf = groupsOf(training)
  const informed = new Map<string, Prepared>()
  const inform = ({ group, demandId, demand }: Pair): Prepared => {
    const known = informed.get(demandId)
    if (known) return known
    const decided = (membersOf.get(group) ?? []).map(({ supply, level }) =>
      decidedOf({ matchId: supply.facts.id, demand, supply, isApproved: level >= approvedFrom }, model),
    )
    const made = withHistory(demand, decided)
    informed.set(demandId, made)
    return made
  }
  return (pair) => {
    const { value, level } = scorePair(inform(pair), pair.supply, model)
    return { score: value, predicted: level }
  }
}
