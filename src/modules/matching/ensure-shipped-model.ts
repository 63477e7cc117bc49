import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { appendEvents } from '../../outbox/append.ts'
import { shippedModel } from './domain/shipped-models.ts'
import { scoreModelActivated } from './events.ts'
import {
  findActiveModel,
  findScoreModel,
  insertScoreModel,
  lockScoreModels,
  updateActiveModel,
} from './score-model-repo.ts'

/**
 * Enters the model of this release into the registry, once. It takes over from an older shipped one; what was learnt
 * here, and what an operator pinned, stays in force.
 */
export async function ensureShippedModel(deps: { db: Db; clock: Clock }): Promise<void> {
  const { version } = shippedModel
  if (await findScoreModel(deps.db, version)) return
  await withTx(deps.db, async (tx) => {
    await lockScoreModels(tx)
    const now = deps.clock.now()
    const active = await findActiveModel(tx)
    const isNew = await insertScoreModel(tx, {
      ...{ version, kind: 'shipped', isPinned: false, trainingSize: 0, metrics: {}, weights: shippedModel },
      ...{ state: 'candidate', createdBy: null, createdAt: now, activatedAt: null },
    })
    if (!isNew || active?.kind === 'refit' || active?.isPinned) return
    await updateActiveModel(tx, version, now)
    await appendEvents(tx, [scoreModelActivated({ version }, now)])
  })
}
