import type { Db } from '../../db/client.ts'
import { impossible } from '../../kernel/assert.ts'
import { type TextModel, trainTextModel } from './domain/text-model.ts'
import { deserialiseTextModel } from './domain/text-model-codec.ts'
import { type ActiveTextModel, findActiveTextModel, findTextModelPayload } from './statistics-repo.ts'

/** The text model in force and how many titles it knows. */
export type ActiveModel = { textModel: TextModel; titles: number }

/**
 * In force before there are enough titles to learn from: every gram is equally rare, so titles compare by plain
 * overlap, and the embedding knows nothing, so its feature is absent. The same everywhere, and rebuilt from nothing.
 */
const untrained: ActiveModel = { textModel: trainTextModel([], { dimensions: 0, seed: 1 }), titles: 0 }

/** The process's one copy: reading a model takes 50 ms, asking which is active 0.2 ms. */
let known = untrained

/** The active model; loads it only when the version in force is another than the one at hand. */
export async function activeTextModel(db: Db): Promise<ActiveModel> {
  return loadTextModel(db, await findActiveTextModel(db))
}

/** The model that a caller knows to be active; undefined where none is. */
export async function loadTextModel(
  db: Db,
  active: Pick<ActiveTextModel, 'version' | 'documentCount'> | undefined,
): Promise<ActiveModel> {
  if (active === undefined) return untrained
  if (active.version === known.textModel.version) return known
  const payload = await findTextModelPayload(db, active.version)
  if (payload === undefined) return impossible(`text model ${active.version} is active and has no payload`)
  known = { textModel: deserialiseTextModel(payload), titles: active.documentCount }
  return known
}

/** The model of a stored match, which may be in force no longer; undefined when it is unknown. */
export async function findTextModel(db: Db, version: string): Promise<TextModel | undefined> {
  if (version === untrained.textModel.version) return untrained.textModel
  const payload = await findTextModelPayload(db, version)
  return payload === undefined ? undefined : deserialiseTextModel(payload)
}
