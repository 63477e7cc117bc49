import type { Db } from '../../db/client.ts'
import { findActiveVersions } from './active-version-repo.ts'
import type { ScoreModel } from './domain/score-model.ts'
import { loadScoreModel } from './score-model-cache.ts'
import { type ActiveModel, loadTextModel } from './text-model-cache.ts'

export type ActiveModels = ActiveModel & { scoreModel: ScoreModel }

/** Both models in force. */
export async function activeModels(db: Db): Promise<ActiveModels> {
  const { score, text } = await findActiveVersions(db)
  const [textModel, scoreModel] = await Promise.all([loadTextModel(db, text), loadScoreModel(db, score)])
  return { ...textModel, scoreModel }
}
