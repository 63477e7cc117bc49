import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { DomainEvent } from '../../kernel/domain-event.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import { ensureShippedModel } from './ensure-shipped-model.ts'
import { scoreModelActivated, scoreModelPinned, scoreModelUnpinned } from './events.ts'
import {
  getStoredModel,
  lockScoreModels,
  type StoredModel,
  updateActiveModel,
  updatePinned,
} from './score-model-repo.ts'

type Deps = { db: Db; clock: Clock }

/**
 * Puts any model of the registry in force, an older one too: that is the way back. Activating the active one changes
 * nothing. Open matches are scored anew in the background. @throws NOT_FOUND
 */
export function activateModel(deps: Deps, actor: Principal, version: string): Promise<StoredModel> {
  return changeModel(deps, { actor, version, verb: 'activated' }, async (tx, model, now) => {
    if (model.state === 'active') return undefined
    await updateActiveModel(tx, version, now)
    return scoreModelActivated({ version }, now)
  })
}

/** Keeps the active model in force against every refit. @throws NOT_FOUND, TRANSITION_NOT_ALLOWED */
export function pinModel(deps: Deps, actor: Principal, version: string): Promise<StoredModel> {
  return changeModel(deps, { actor, version, verb: 'pinned' }, async (tx, model, now) => {
    if (model.state !== 'active') throw new AppError('TRANSITION_NOT_ALLOWED', 'Only the active model can be pinned.')
    if (model.isPinned) return undefined
    await updatePinned(tx, version, true)
    return scoreModelPinned({ version }, now)
  })
}

/** Lets the next refit replace it again. @throws NOT_FOUND */
export function unpinModel(deps: Deps, actor: Principal, version: string): Promise<StoredModel> {
  return changeModel(deps, { actor, version, verb: 'unpinned' }, async (tx, model, now) => {
    if (!model.isPinned) return undefined
    await updatePinned(tx, version, false)
    return scoreModelUnpinned({ version }, now)
  })
}

type Change = { actor: Principal; version: string; verb: string }
type Apply = (tx: Tx, model: StoredModel, now: Date) => Promise<DomainEvent | undefined>

/** Change, audit row and fact in one transaction; neither of the latter when nothing changed. */
async function changeModel(deps: Deps, { actor, version, verb }: Change, apply: Apply): Promise<StoredModel> {
  await ensureShippedModel(deps)
  return withTx(deps.db, async (tx) => {
    await lockScoreModels(tx)
    const now = deps.clock.now()
    const event = await apply(tx, await getStoredModel(tx, version), now)
    if (event) {
      const { orgId, userId } = actor
      await appendAudit(tx, { orgId, userId, action: `score_model.${verb}`, facts: { version }, at: now })
      await appendEvents(tx, [event])
    }
    return getStoredModel(tx, version)
  })
}
