import { explainAnsweringTimes } from './explain/answering-times.ts'
import { explainClassification } from './explain/classification-evidence.ts'
import { explainContributions } from './explain/contributions.ts'
import { explainGates } from './explain/gates-passed.ts'
import { explainIndicators } from './explain/indicator-evidence.ts'
import type { NameOf } from './explain/names.ts'
import { explainParties } from './explain/parties.ts'
import { explainPreference } from './explain/preference.ts'
import { explainTermsMet } from './explain/terms-met.ts'
import { explainTexts } from './explain/text-evidence.ts'
import type { GateFailure } from './gates/gate.ts'
import type { Prepared } from './prepare.ts'
import type { Score } from './score.ts'

export type Match = { demand: Prepared; supply: Prepared; score: Score; gates?: readonly GateFailure[] }

/** Why the pair is proposed and what is still open, in short sentences for the broker; the gates come last. */
export function explain({ demand, supply, score, gates = [] }: Match, nameOf: NameOf): string[] {
  return [
    `经纪人认可的概率约 ${Math.round(score.value * 100)}%，相关度为四级中的第 ${score.level} 级。`,
    ...explainTexts(demand.facts, supply.facts, score.parts),
    ...explainPreference(score.parts),
    ...explainIndicators(demand, supply),
    ...explainClassification(score.parts, nameOf),
    ...explainTermsMet(demand.facts, supply.facts, nameOf),
    ...explainParties(score.parts, demand.facts, supply.facts),
    ...explainAnsweringTimes(score.parts),
    ...explainContributions(score.parts),
    ...explainGates(gates, nameOf),
  ]
}
