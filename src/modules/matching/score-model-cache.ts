import type { Db } from '../../db/client.ts'
import { impossible } from '../../kernel/assert.ts'
import type { ScoreModel } from './domain/score-model.ts'
import { shippedModel, shippedModels } from './domain/shipped-models.ts'
import { findActiveVersion, findScoreModel } from './score-model-repo.ts'

/** The process's one copy; a version names one model for ever. */
let known = shippedModel

/** The model in force: the shipped one until the registry says otherwise. Asking costs 0.2 ms. */
export async function activeScoreModel(db: Db): Promise<ScoreModel> {
  return loadScoreModel(db, await findActiveVersion(db))
}

/** The model that a caller knows to be in force; undefined where the registry names none. */
export async function loadScoreModel(db: Db, version: string | undefined): Promise<ScoreModel> {
  if (version === undefined) return shippedModel
  if (version !== known.version) known = await getScoreModel(db, version)
  return known
}

/** Any model that ever scored a match. */
export async function getScoreModel(db: Db, version: string): Promise<ScoreModel> {
  const shipped = shippedModels.find((model) => model.version === version)
  return (
    shipped ?? (await findScoreModel(db, version)) ?? impossible(`score model ${version} is recorded and not there`)
  )
}
