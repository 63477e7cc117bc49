import type { Db } from '../../db/client.ts'
import type { ScoreModel } from './domain/score-model.ts'
import { activeScoreModel } from './score-model-cache.ts'
import { type ActiveModel, activeTextModel } from './text-model-cache.ts'

export type ActiveModels = ActiveModel & { scoreModel: ScoreModel }

/** Both models in force. */
export async function activeModels(db: Db): Promise<ActiveModels> {
  const [text, scoreModel] = await Promise.all([activeTextModel(db), activeScoreModel(db)])
  return { ...text, scoreModel }
}
