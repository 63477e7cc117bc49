import { randomUUID } from 'node:crypto'
import { and, desc, eq, ne, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { notFound } from '../../kernel/errors.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { ScoreModel } from './domain/score-model.ts'
import { matches, scoreModelRefits, scoreModels } from './table.ts'

/** A score model with what is known of it. */
export type StoredModel = typeof scoreModels.$inferSelect
export type RefitRun = typeof scoreModelRefits.$inferSelect
export type Progress = { rescored: number; total: number }

export async function findActiveVersion(db: Db): Promise<string | undefined> {
  const [row] = await db
    .select({ version: scoreModels.version })
    .from(scoreModels)
    .where(eq(scoreModels.state, 'active'))
  return row?.version
}

export async function findScoreModel(db: Db, version: string): Promise<ScoreModel | undefined> {
  const [row] = await db
    .select({ weights: scoreModels.weights })
    .from(scoreModels)
    .where(eq(scoreModels.version, version))
  return row?.weights
}

/** @throws NOT_FOUND */
export async function getStoredModel(db: Db, version: string): Promise<StoredModel> {
  const [row] = await db.select().from(scoreModels).where(eq(scoreModels.version, version))
  if (row) return row
  throw notFound('score model')
}

/** Newest first. */
export async function listStoredModels(db: Db, page: PageRequest): Promise<PageOf<StoredModel>> {
  const [at, version] = page.after ?? []
  const rows = await db
    .select()
    .from(scoreModels)
    .where(
      at && version
        ? sql`(${scoreModels.createdAt}, ${scoreModels.version}) < (${at}::timestamptz, ${version})`
        : undefined,
    )
    .orderBy(desc(scoreModels.createdAt), desc(scoreModels.version))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, (row) => [row.createdAt.toISOString(), row.version])
}

/** Whether it was new. */
export async function insertScoreModel(tx: Tx, model: StoredModel): Promise<boolean> {
  const rows = await tx
    .insert(scoreModels)
    .values(model)
    .onConflictDoNothing()
    .returning({ version: scoreModels.version })
  return rows.length > 0
}

/** Whoever changes which model is in force waits here for the others. */
export async function lockScoreModels(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('score_models.state', 5))`)
}

export async function findActiveModel(db: Db): Promise<StoredModel | undefined> {
  const [row] = await db.select().from(scoreModels).where(eq(scoreModels.state, 'active'))
  return row
}

/** Puts the model in force; the one before retires and loses its pin. */
export async function updateActiveModel(tx: Tx, version: string, now: Date): Promise<void> {
  await tx
    .update(scoreModels)
    .set({ state: 'retired', isPinned: false })
    .where(and(eq(scoreModels.state, 'active'), ne(scoreModels.version, version)))
  await tx.update(scoreModels).set({ state: 'active', activatedAt: now }).where(eq(scoreModels.version, version))
}

export async function updatePinned(tx: Tx, version: string, isPinned: boolean): Promise<void> {
  await tx.update(scoreModels).set({ isPinned }).where(eq(scoreModels.version, version))
}

export async function insertRefitRun(tx: Tx, run: Omit<RefitRun, 'id'>): Promise<void> {
  await tx.insert(scoreModelRefits).values({ id: randomUUID(), ...run })
}

/** Newest first. */
export async function listRefitRuns(db: Db, page: PageRequest): Promise<PageOf<RefitRun>> {
  const [at, id] = page.after ?? []
  const rows = await db
    .select()
    .from(scoreModelRefits)
    .where(
      at && id
        ? sql`(${scoreModelRefits.createdAt}, ${scoreModelRefits.id}) < (${at}::timestamptz, ${id}::uuid)`
        : undefined,
    )
    .orderBy(desc(scoreModelRefits.createdAt), desc(scoreModelRefits.id))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, (row) => [row.createdAt.toISOString(), row.id])
}

/** How many of the open matches have their score from this model. */
export async function countRescored(db: Db, version: string): Promise<Progress> {
  const [row] = await db
    .select({
      rescored: sql<number>`(count(*) filter (where ${scoredBy(version)}))::int`,
      total: sql<number>`count(*)::int`,
    })
    .from(matches)
    .where(eq(matches.state, 'proposed'))
  return row ?? { rescored: 0, total: 0 }
}

/** Demands with open matches that another model scored. */
export async function listDemandsToRescore(db: Db, version: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectDistinct({ demandId: matches.demandId })
    .from(matches)
    .where(and(eq(matches.state, 'proposed'), sql`not ${scoredBy(version)}`))
    .orderBy(matches.demandId)
    .limit(limit)
  return rows.map(({ demandId }) => demandId)
}

function scoredBy(version: string) {
  return sql`split_part(${matches.modelVersion}, '/', 1) = ${version}`
}
