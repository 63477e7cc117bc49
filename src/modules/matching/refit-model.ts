import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { appendEvents } from '../../outbox/append.ts'
import { listNewestDecisions, type MatchDecision } from './decision-repo.ts'
import { hashText } from './domain/fingerprint.ts'
import { type DecidedPair, type Refit, refit } from './domain/learning/refit.ts'
import { type Prepared, prepare } from './domain/prepare.ts'
import { shippedModel } from './domain/shipped-models.ts'
import type { TextModel } from './domain/text-model.ts'
import type { Facts } from './domain/types.ts'
import { ensureShippedModel } from './ensure-shipped-model.ts'
import { scoreModelActivated } from './events.ts'
import { activeScoreModel } from './score-model-cache.ts'
import {
  findActiveModel,
  insertRefitRun,
  insertScoreModel,
  lockScoreModels,
  type RefitRun,
  updateActiveModel,
} from './score-model-repo.ts'
import { activeTextModel } from './text-model-cache.ts'

/** The newest ones: what brokers wanted years ago is no guide. */
const maxDecisions = 20_000

/**
 * Learns a score model from brokers' decisions, beginning at the one of this release, and puts it in force when it foretells
 * the newest of them no worse than the active one. Every run leaves its outcome and, when it changed nothing, the reason.
 */
export async function refitModel(deps: { db: Db; clock: Clock }): Promise<undefined> {
  await ensureShippedModel(deps)
  const decisions = await listNewestDecisions(deps.db, maxDecisions)
  const { textModel } = await activeTextModel(deps.db)
  const active = await activeScoreModel(deps.db)
  const result = refit(pairsOf(decisions, textModel), { prior: shippedModel, active })
  const approved = decisions.filter(({ isApproved }) => isApproved).length
  await withTx(deps.db, async (tx) => {
    await lockScoreModels(tx)
    const now = deps.clock.now()
    const outcome = await settle(tx, { result, basis: active.version, now })
    await insertRefitRun(tx, { ...outcome, approved, rejected: decisions.length - approved, createdAt: now })
  })
}

type Outcome = Pick<RefitRun, 'outcome' | 'reason' | 'version'>

async function settle(tx: Tx, { result, basis, now }: { result: Refit; basis: string; now: Date }): Promise<Outcome> {
  if (result.isRefused) return { outcome: 'refused', reason: result.reason, version: null }
  const { model, trainingSize, metrics } = result
  const version = `refit-${chinaDay(now).replaceAll('-', '')}-${hashText(JSON.stringify(model)).toString(16).padStart(8, '0')}`
  const isNew = await insertScoreModel(tx, {
    ...{ version, kind: 'refit', isPinned: false, trainingSize, metrics, weights: { ...model, version } },
    ...{ state: 'candidate', createdBy: null, createdAt: now, activatedAt: null },
  })
  const reason = isNew ? reasonAgainst(result, await findActiveModel(tx), basis) : 'The decisions gave the same model.'
  if (reason !== undefined) return { outcome: 'kept_back', reason, version }
  await updateActiveModel(tx, version, now)
  await appendEvents(tx, [scoreModelActivated({ version }, now)])
  return { outcome: 'activated', reason: null, version }
}

type Active = { version: string; isPinned: boolean } | undefined

function reasonAgainst(result: { isNotWorse: boolean }, active: Active, basis: string): string | undefined {
  if (!result.isNotWorse) return 'It foretells the held-out decisions worse than the active model.'
  if (active?.isPinned) return `An operator has pinned ${active.version}.`
  return active?.version === basis ? undefined : 'Another model came into force meanwhile.'
}

/** A listing with many decisions is prepared once. */
function pairsOf(decisions: readonly MatchDecision[], textModel: TextModel): DecidedPair[] {
  const prepared = new Map<string, Prepared>()
  const prepareOnce = (facts: Facts): Prepared => {
    const key = JSON.stringify(facts)
    const known = prepared.get(key) ?? prepare(facts, textModel)
    prepared.set(key, known)
    return known
  }
  return decisions.map(({ matchId, isApproved, demandFacts, supplyFacts }) => ({
    ...{ matchId, isApproved },
    demand: prepareOnce(demandFacts),
    supply: prepareOnce(supplyFacts),
  }))
}
