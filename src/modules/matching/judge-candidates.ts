import type { Db } from '../../db/client.ts'
import type { ActiveModels } from './active-models.ts'
import type { GateFailure } from './domain/gates/gate.ts'
import { checkGates } from './domain/gates.ts'
import { needsOf } from './domain/near-misses/needs.ts'
import { setTermsAside } from './domain/near-misses/relax.ts'
import type { Need } from './domain/near-misses/step.ts'
import type { Facts } from './domain/types.ts'
import { minScore } from './match-document.ts'
import { type Counterpart, scoreHits } from './score-hits.ts'

/** A counterpart that would be a match but for its terms, with what it fails and what the asker could do about it. */
export type Judged = Counterpart & {
  gates: readonly GateFailure[]
  /** Undefined when a failed gate is not the asker's to open; empty when none failed. */
  needs: readonly Need[] | undefined
}

/** Those of the hits that fit when the asker says nothing of its terms; valued by everything else. */
export async function judgeCandidates(
  db: Db,
  asker: ActiveModels & { facts: Facts; today: string },
  hits: readonly string[],
): Promise<Judged[]> {
  const { facts, today } = asker
  const scored = await scoreHits(db, { ...asker, facts: setTermsAside(facts) }, hits)
  return scored
    .filter(({ value }) => value >= minScore)
    .map((one) => {
      const other = one.prepared.facts
      const [demand, supply] = facts.kind === 'demand' ? [facts, other] : [other, facts]
      return { ...one, gates: checkGates(demand, supply, today), needs: needsOf(facts, other, today) }
    })
}

/** A near miss fails a gate and could be opened by the asker. */
export function nearMissesAmong(judged: readonly Judged[]): (Judged & { needs: readonly Need[] })[] {
  return judged.flatMap(({ needs, ...one }) => (needs === undefined || needs.length === 0 ? [] : [{ ...one, needs }]))
}
