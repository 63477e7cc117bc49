import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { plannedEachTime } from '../../db/fixed-statement.ts'
import type { Tx } from '../../db/tx.ts'
import { perKey } from '../../kernel/per-key.ts'
import type { ListingKind } from './domain/types.ts'
import { termFrequencies, textModels } from './table.ts'

/** Stands for all documents of a kind; no real term is empty. */
const allDocuments = ''

export type TermCounts = { documents: number; frequencies: ReadonlyMap<string, number> }

/** What was counted of these terms, and among how many documents. */
export async function findTermCounts(db: Db, kind: ListingKind, terms: readonly string[]): Promise<TermCounts> {
  const rows = await countsOf(db).execute({ kind, terms: [allDocuments, ...terms] })
  const frequencies = new Map(rows.map((row) => [row.term, row.documents]))
  return { documents: frequencies.get(allDocuments) ?? 0, frequencies }
}

const countsOf = perKey((db: Db) => {
  const { kind, term, documents } = termFrequencies
  return db
    .select({ term, documents })
    .from(termFrequencies)
    .where(and(sql`${kind} = ${sql.placeholder('kind')}`, sql`${term} = any(${sql.placeholder('terms')}::text[])`))
    .prepare(plannedEachTime)
})

/** Among how many documents the statistics in force were counted; titles are undefined before the first text model. */
export type StatisticsSize = { titles: number | undefined; supply: number; demand: number }

export async function findStatisticsSize(db: Db): Promise<StatisticsSize> {
  const { rows } = await db.execute<{ titles: number | null; supply: number | null; demand: number | null }>(
    sql`select (select document_count from text_models where is_active) as titles,
               ${countedOf('supply')} as supply, ${countedOf('demand')} as demand`,
  )
  const { titles, supply, demand } = rows[0] ?? { titles: null, supply: null, demand: null }
  return { titles: titles ?? undefined, supply: supply ?? 0, demand: demand ?? 0 }
}

function countedOf(kind: ListingKind): SQL {
  return sql`(select documents from term_frequencies where kind = ${kind} and term = ${allDocuments})`
}

/** Whether this transaction alone may renew the named statistics; the others leave it to this one. */
export async function tryLockStatistics(tx: Tx, name: 'term_frequencies' | 'text_models'): Promise<boolean> {
  const { rows } = await tx.execute<{ isHeld: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${name}, 5)) as "isHeld"`,
  )
  return rows[0]?.isHeld === true
}

/** How many documents were written since the last count; all of them when there was none. */
export async function countUncounted(db: Db, kind: ListingKind): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from match_documents
    where kind = ${kind} and updated_at > coalesce(
      (select counted_at from term_frequencies where kind = ${kind} and term = ${allDocuments}), '-infinity')`)
  return rows[0]?.count ?? 0
}

/** Counts every term of a kind anew; rows whose count is right stay untouched. */
export async function recountTerms(tx: Tx, kind: ListingKind, now: Date): Promise<void> {
  const documents = `select terms from match_documents where kind = '${kind}'`
  await tx.execute(sql`
    with counted as materialized (
      select word as term, ndoc as documents from ts_stat(${documents})
      union all
      select ${allDocuments}, count(*)::int from match_documents where kind = ${kind}
    ), gone as (
      delete from term_frequencies old
      where kind = ${kind} and not exists (select from counted where counted.term = old.term)
    )
    insert into term_frequencies as stored (kind, term, documents, counted_at)
    select ${kind}, term, documents, ${now.toISOString()}::timestamptz from counted
    on conflict (kind, term) do update set documents = excluded.documents, counted_at = excluded.counted_at
    where stored.documents <> excluded.documents or stored.term = ${allDocuments}`)
}

export type ActiveTextModel = { version: string; documentCount: number; createdAt: Date }

export async function findActiveTextModel(db: Db): Promise<ActiveTextModel | undefined> {
  const { version, documentCount, createdAt } = textModels
  const [row] = await db
    .select({ version, documentCount, createdAt })
    .from(textModels)
    .where(eq(textModels.isActive, true))
  return row
}

export async function findTextModelPayload(db: Db, version: string): Promise<string | undefined> {
  const [row] = await db.select({ payload: textModels.payload }).from(textModels).where(eq(textModels.version, version))
  return row?.payload.toString('utf8')
}

type NewTextModel = { version: string; documentCount: number; payload: string }

/** Stores the model, if it is new, and makes it the active one. */
export async function activateTextModel(tx: Tx, model: NewTextModel, now: Date): Promise<void> {
  await tx.update(textModels).set({ isActive: false }).where(eq(textModels.isActive, true))
  const { version, documentCount } = model
  const row = { version, documentCount, payload: Buffer.from(model.payload, 'utf8'), isActive: true, createdAt: now }
  await tx
    .insert(textModels)
    .values(row)
    .onConflictDoUpdate({ target: textModels.version, set: { isActive: true, documentCount, createdAt: now } })
}

/** Removes models that no match was scored with, once no run that began with them can be left. */
export async function deleteUnusedTextModels(tx: Tx, createdBefore: Date): Promise<void> {
  await tx.execute(sql`
    delete from text_models model
    where not is_active and created_at < ${createdBefore.toISOString()}::timestamptz
      and not exists (select from matches where text_model_version = model.version)`)
}
