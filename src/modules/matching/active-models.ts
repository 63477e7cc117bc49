import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { ScoreModel } from './domain/score-model.ts'
import { loadScoreModel } from './score-model-cache.ts'
import { type ActiveModel, loadTextModel } from './text-model-cache.ts'

export type ActiveModels = ActiveModel & { scoreModel: ScoreModel }

/** Both models in force, asked for at once: every match waits for them before it does anything else. */
export async function activeModels(db: Db): Promise<ActiveModels> {
  const { score, text } = await findActiveVersions(db)
  const [textModel, scoreModel] = await Promise.all([loadTextModel(db, text), loadScoreModel(db, score)])
  return { ...textModel, scoreModel }
}

async function findActiveVersions(db: Db) {
  type Row = { score: string | null; text: string | null; documentCount: number | null }
  const { rows } = await db.execute<Row>(sql`
    select score.version as score, text.version as text, text.document_count as "documentCount"
    from (select version from score_models where state = 'active') score
    full join (select version, document_count from text_models where is_active) text on true`)
  const { score, text, documentCount } = rows[0] ?? { score: null, text: null, documentCount: null }
  return {
    score: score ?? undefined,
    text: text === null || documentCount === null ? undefined : { version: text, documentCount },
  }
}
