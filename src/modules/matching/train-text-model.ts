import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { addDays, type Clock } from '../../kernel/clock.ts'
import { listDemandTexts, listTitles } from './document-repo.ts'
import { trainTextModel as train } from './domain/text-model.ts'
import { serialiseTextModel } from './domain/text-model-codec.ts'
import { activateTextModel, deleteUnusedTextModels, findActiveTextModel, tryLockStatistics } from './statistics-repo.ts'

/** Below it there is nothing to learn. */
export const minTitles = 20
/** 20,000 titles take 3 s; what more of them teach of characters is little. */
export const maxTitles = 20_000
/** The newest, of which the text model chooses its reference. */
const maxDemands = 1_000
const options = { dimensions: 160, seed: 7 }

/**
 * Learns the text model from the texts on the market and puts it in force. Equal texts give the model there is. It
 * learns before the transaction begins: 3 s on a quiet machine, which a busy one stretches beyond the 10 s for which a
 * transaction may idle. Who learns at the same time from the same texts comes to the same model.
 */
export async function trainTextModel(deps: { db: Db; clock: Clock }): Promise<undefined> {
  const titles = await listTitles(deps.db, maxTitles)
  if (titles.length < minTitles) return
  const model = train(titles, options, await listDemandTexts(deps.db, maxDemands))
  await withTx(deps.db, async (tx) => {
    if (!(await tryLockStatistics(tx, 'text_models'))) return
    const now = deps.clock.now()
    const active = await findActiveTextModel(tx)
    if (active?.version === model.version && active.documentCount === titles.length) return
    const payload = serialiseTextModel(model)
    await activateTextModel(tx, { version: model.version, documentCount: titles.length, payload }, now)
    await deleteUnusedTextModels(tx, addDays(now, -1))
  })
}
