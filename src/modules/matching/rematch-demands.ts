import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { type Outcome, snooze } from '../../kernel/job.ts'
import { listDemandsMatchedBelow } from './document-repo.ts'
import { matchDocument } from './match-document.ts'
import type { Side } from './match-repo.ts'
import { activeTextModel } from './text-model-cache.ts'

const batchSize = 50

/**
 * Matches the demands again whose scores come from a text model that knew less than half of the titles known now. A
 * growing market is gone through once per doubling, a settled one never: the nightly model differs too little.
 */
export async function rematchDemands(deps: { db: Db; clock: Clock }): Promise<Outcome | undefined> {
  const { titles } = await activeTextModel(deps.db)
  const ids = await listDemandsMatchedBelow(deps.db, Math.ceil(titles / 2), batchSize)
  for (const id of ids) await matchDocument(deps, id as Side)
  return ids.length === batchSize ? snooze(100) : undefined
}
