import { explainClassification } from './explain/classification-evidence.ts'
import type { NameOf } from './explain/names.ts'
import { explainTermsMet } from './explain/terms-met.ts'
import { explainTexts } from './explain/text-evidence.ts'
import type { Prepared } from './prepare.ts'
import type { Score } from './score.ts'

export type Match = { demand: Prepared; supply: Prepared; score: Score }

/** Why the pair is proposed, in three to six short sentences for the broker. For a pair that passed its gates. */
export function explain({ demand, supply, score }: Match, nameOf: NameOf): string[] {
  return [
    `经纪人认可的概率约 ${Math.round(score.value * 100)}%，相关度为四级中的第 ${score.level} 级。`,
    ...explainTexts(score.parts),
    ...explainClassification(score.parts, nameOf),
    ...explainTermsMet(demand.facts, supply.facts, nameOf),
    '已通过全部硬性条件：主体、状态、地域、合作方式、知识产权、成熟度、价格与期限。',
  ]
}
