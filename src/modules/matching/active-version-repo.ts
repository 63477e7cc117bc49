import { eq, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { perKey } from '../../kernel/per-key.ts'
import { scoreModels, textModels } from './table.ts'

/** Which models are in force; undefined where none is. In one statement, because every match waits for it. */
export async function findActiveVersions(db: Db) {
  const [row] = await versionsOf(db).execute()
  return { score: row?.score ?? undefined, text: row?.text ?? undefined }
}

const versionsOf = perKey((db: Db) => {
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
