import type { Db } from '../../db/client.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type ListingId, type ListingWithOwner, readListingsWithOwners } from '../listings/index.ts'
import { activeModels } from './active-models.ts'
import { factsOfUnsavedDemand, factsOfUnsavedSupply } from './describe-unsaved.ts'
import { explainGates } from './domain/explain/gates-passed.ts'
import type { GateFailure } from './domain/gates/gate.ts'
import { checkGates } from './domain/gates.ts'
import { type Prepared, prepare } from './domain/prepare.ts'
import { rank } from './domain/rank.ts'
import type { Facts } from './domain/types.ts'
import { findCandidates } from './find-candidates.ts'
import { judgeCandidates, nearMissesAmong } from './judge-candidates.ts'
import { nameOf } from './names.ts'
import type { PreviewMatch } from './preview-schemas.ts'
import { type Explained, explainPair, scoreHits } from './score-hits.ts'

/** One scored pair that nobody stores; the other side, where it is stored, comes with its teaser. */
export type Preview = Omit<Explained, 'decided'> & {
  gates: readonly GateFailure[]
  counterpart: ListingWithOwner | undefined
}

/** What passes every gate, and what fits but fails gates that the unsaved side could open. */
export type Previews = { passing: readonly Preview[]; nearMisses: readonly Preview[] }

type Asker = { facts: Facts; today: string }

const maxPreviews = 10

/** Scores two unsaved texts, or one against the market, as matching would. Writes nothing. */
export async function previewMatch(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { demand, supply }: PreviewMatch,
): Promise<Previews> {
  const today = chinaDay(deps.clock.now())
  if (supply === undefined) {
    return previewMarket(deps.db, { facts: factsOfUnsavedDemand(actor, demand ?? { title: '' }), today })
  }
  if (demand === undefined) return previewMarket(deps.db, { facts: factsOfUnsavedSupply(actor, supply, today), today })
  // Two texts of one author are still to be compared, so the second is nobody's.
  const nobody = { ...actor, orgId: newId('organisation') }
  const own = { facts: factsOfUnsavedDemand(actor, demand), today }
  return { passing: [await previewPair(deps.db, own, factsOfUnsavedSupply(nobody, supply, today))], nearMisses: [] }
}

async function previewMarket(db: Db, asker: Asker): Promise<Previews> {
  const models = await activeModels(db)
  const { textModel, scoreModel } = models
  const informed = { ...asker, ...models }
  const hits = await findCandidates(db, informed)
  const scored = await scoreHits(db, informed, hits)
  const passing = rank(scored, { threshold: 0, limit: maxPreviews }).map((one) => ({ ...one, gates: [] }))
  const judged = nearMissesAmong(await judgeCandidates(db, informed, hits))
  const nearMisses = rank(judged, { threshold: 0, limit: maxPreviews })
  const teasers = await readListingsWithOwners(
    db,
    [...passing, ...nearMisses].map(({ id }) => id as ListingId),
  )
  const own = prepare(asker.facts, textModel)
  const toPreview = ({ id, prepared, gates }: { id: string; prepared: Prepared; gates: readonly GateFailure[] }) => ({
    ...explainWith(gates, explainPair(own, prepared, scoreModel)),
    counterpart: teasers.get(id as ListingId),
  })
  return { passing: passing.map(toPreview), nearMisses: nearMisses.map(toPreview) }
}

/** A pair that fails a gate is scored all the same: the author sees what the texts alone are worth. */
async function previewPair(db: Db, { facts, today }: Asker, supply: Facts): Promise<Preview> {
  const { textModel, scoreModel } = await activeModels(db)
  const explained = explainPair(prepare(facts, textModel), prepare(supply, textModel), scoreModel)
  return { ...explainWith(checkGates(facts, supply, today), explained), counterpart: undefined }
}

/** The sentence about the gates comes last; a pair is explained as if it had passed them. */
function explainWith(gates: readonly GateFailure[], { score, explanation }: Explained) {
  return { score, gates, explanation: [...explanation.slice(0, -1), ...explainGates(gates, nameOf)] }
}
