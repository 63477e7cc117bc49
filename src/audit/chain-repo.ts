import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import type { Tx } from '../db/tx.ts'
import { idToUuid } from '../kernel/ids.ts'
import { type AuditRecord, type Head, type Link, nobody, type SealedRecord } from './chain.ts'
import { type AuditEntryRow, auditAnchors, auditEntries, auditLinks, auditPending } from './table.ts'

export type Anchor = typeof auditAnchors.$inferSelect

/** One sealer at a time: links of a chain must be made one after the other. @returns whether this transaction is the one. */
export async function lockSealing(tx: Tx): Promise<boolean> {
  const { rows } = await tx.execute<{ locked: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended('audit.seal', 0)) as locked`,
  )
  return rows[0]?.locked === true
}

/** Committed entries that have no link yet, in the order of their numbers. */
export async function listPending(tx: Tx, limit: number): Promise<AuditRecord[]> {
  const rows = await tx
    .select({ entry: auditEntries })
    .from(auditPending)
    .innerJoin(auditEntries, eq(auditEntries.id, auditPending.entryId))
    .orderBy(asc(auditPending.seq))
    .limit(limit)
  return rows.map(({ entry }) => recordOf(entry))
}

/** The ends of the chains that have one. */
export async function findHeads(db: Db, chains: readonly string[]): Promise<Head[]> {
  const { rows } = await db.execute<{ chain: string; position: string; hash: string }>(sql`
    select last.chain, last.position, last.hash from unnest(${sql.param([...chains])}::uuid[]) as wanted (chain)
    cross join lateral (
      select chain, position, hash from audit_links where audit_links.chain = wanted.chain
      order by position desc limit 1) as last`)
  return rows.map((row) => ({ ...row, position: Number(row.position) }))
}

export async function insertLinks(tx: Tx, sealed: readonly { record: AuditRecord; link: Link }[]): Promise<void> {
  const sealedAt = sql`clock_timestamp()`
  await tx
    .insert(auditLinks)
    .values(sealed.map(({ record, link }) => ({ entryId: record.id as AuditEntryRow['id'], ...link, sealedAt })))
  const seqs = sealed.map(({ record }) => record.seq)
  await tx.delete(auditPending).where(inArray(auditPending.seq, seqs))
}

/** Sealed records chain by chain in the order of their positions; `after` is the last one read. */
export async function listSealed(
  db: Db,
  { after, limit, chain }: { after?: { chain: string; position: number } | undefined; limit: number; chain?: string },
): Promise<SealedRecord[]> {
  const rows = await db
    .select({ entry: auditEntries, link: auditLinks })
    .from(auditLinks)
    .innerJoin(auditEntries, eq(auditEntries.id, auditLinks.entryId))
    .where(
      and(
        chain === undefined ? undefined : eq(auditLinks.chain, chain),
        after && sql`(${auditLinks.chain}, ${auditLinks.position}) > (${after.chain}::uuid, ${after.position}::bigint)`,
      ),
    )
    .orderBy(asc(auditLinks.chain), asc(auditLinks.position))
    .limit(limit)
  return rows.map(({ entry, link }) => sealedRecordOf(entry, link))
}

/** Entries that no link names and that nobody is about to link: somebody took the link, or the wish for it, away. */
export async function listUnlinked(db: Db): Promise<AuditRecord[]> {
  const rows = await db
    .select()
    .from(auditEntries)
    .where(
      sql`not exists (select from audit_links where entry_id = ${auditEntries.id})
        and not exists (select from audit_pending where entry_id = ${auditEntries.id})`,
    )
    .orderBy(asc(auditEntries.seq))
    .limit(100)
  return rows.map(recordOf)
}

/** The ends of the chains that grew since. */
export async function findHeadsSince(db: Db, since: Date | undefined): Promise<Head[]> {
  const { rows } = await db.execute<{ chain: string; position: string; hash: string }>(sql`
    select distinct on (chain) chain, position, hash from audit_links
    where sealed_at >= ${(since ?? new Date(0)).toISOString()}::timestamptz order by chain, position desc`)
  return rows.map((row) => ({ ...row, position: Number(row.position) }))
}

export async function findLastAnchor(db: Db): Promise<Anchor | undefined> {
  const [row] = await db.select().from(auditAnchors).orderBy(sql`${auditAnchors.position} desc`).limit(1)
  return row
}

export async function insertAnchor(tx: Tx, anchor: Omit<Anchor, 'madeAt'>): Promise<void> {
  await tx.insert(auditAnchors).values({ ...anchor, madeAt: sql`clock_timestamp()` })
}

/** The hash of each of these places, by `chain position`; one that has no link is missing. */
export async function findHashes(db: Db, places: readonly Head[]): Promise<Map<string, string>> {
  const { rows } = await db.execute<{ place: string; hash: string }>(sql`
    select chain || ' ' || position as place, hash from audit_links
    join unnest(${sql.param(places.map(({ chain }) => chain))}::uuid[], ${sql.param(
      places.map(({ position }) => position),
    )}::bigint[]) as wanted (chain, position) using (chain, position)`)
  return new Map(rows.map(({ place, hash }) => [place, hash]))
}

export async function listAnchors(db: Db, afterPosition: number, limit: number): Promise<Anchor[]> {
  return db
    .select()
    .from(auditAnchors)
    .where(gt(auditAnchors.position, afterPosition))
    .orderBy(asc(auditAnchors.position))
    .limit(limit)
}

/** The chain that an entry belongs to. */
export function chainOf({ orgId }: Pick<AuditRecord, 'orgId'>): string {
  return orgId === null ? nobody : idToUuid(orgId)
}

export function recordOf({ at, requestId, network, ...said }: AuditEntryRow): AuditRecord {
  const { id, seq, orgId, userId, action, objectId, facts } = said
  const origin = { requestId: requestId ?? undefined, network: network ?? undefined }
  return { id, seq, orgId, userId, action, objectId, facts, at: at.toISOString(), ...origin }
}

export function sealedRecordOf(entry: AuditEntryRow, link: Link): SealedRecord {
  const { chain, position, prevHash, hash } = link
  return { ...recordOf(entry), chain, position, prevHash, hash }
}
