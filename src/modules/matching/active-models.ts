import { eq, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { perHandle } from '../../db/per-handle.ts'
import type { ScoreModel } from './domain/score-model.ts'
import { loadScoreModel } from './score-model-cache.ts'
import { scoreModels, textModels } from './table.ts'
import { type ActiveModel, loadTextModel } from './text-model-cache.ts'

export type ActiveModels = ActiveModel & { scoreModel: ScoreModel }

/** Both models in force, asked for at once: every match waits for them before it does anything else. */
export async function activeModels(db: Db): Promise<ActiveModels> {
  const { score, text } = await findActiveVersions(db)
  const [textModel, scoreModel] = await Promise.all([loadTextModel(db, text), loadScoreModel(db, score)])
  return { ...textModel, scoreModel }
}

async function findActiveVersions(db: Db) {
  const [row] = await activeVersionsOf(db).execute()
  return { score: row?.score ?? undefined, text: row?.text ?? undefined }
}

const activeVersionsOf = perHandle((db) => {
  const { version, documentCount } = textModels
  const score = db
    .select({ version: scoreModels.version })
    .from(scoreModels)
    .where(eq(scoreModels.state, 'active'))
    .as('score')
  const text = db.select({ version, documentCount }).from(textModels).where(eq(textModels.isActive, true)).as('text')
  return db
    .select({ score: score.version, text: { version: text.version, documentCount: text.documentCount } })
    .from(score)
    .fullJoin(text, sql`true`)
    .prepare('find_active_versions')
})
