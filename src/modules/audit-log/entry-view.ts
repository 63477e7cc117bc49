import { and, desc, eq, gte, inArray, lt, lte } from 'drizzle-orm'
import { type AuditEntryRow, auditEntries, auditLinks } from '../../audit/table.ts'
import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import { organisations } from '../identity/table.ts'

export type EntryFilter = {
  orgId?: Id<'organisation'> | undefined
  /** Only organisations at home in these. */
  markets?: readonly string[] | undefined
  userId?: Id<'user'> | undefined
  action?: string | undefined
  objectId?: string | undefined
  from?: Date | undefined
  to?: Date | undefined
}

/** The link is missing for the seconds until the sealer has seen the entry. */
export type EntryView = { entry: AuditEntryRow; link: typeof auditLinks.$inferSelect | null }

/** Newest first, in the order of their numbers. */
export async function listEntries(db: Db, filter: EntryFilter, page: PageRequest): Promise<PageOf<EntryView>> {
  const { orgId, markets, userId, action, objectId, from, to } = filter
  const rows = await db
    .select({ entry: auditEntries, link: auditLinks })
    .from(auditEntries)
    .innerJoin(organisations, eq(organisations.id, auditEntries.orgId))
    .leftJoin(auditLinks, eq(auditLinks.entryId, auditEntries.id))
    .where(
      and(
        orgId && eq(auditEntries.orgId, orgId),
        markets && inArray(organisations.market, [...markets]),
        userId && eq(auditEntries.userId, userId),
        action === undefined ? undefined : eq(auditEntries.action, action),
        objectId === undefined ? undefined : eq(auditEntries.objectId, objectId),
        from && gte(auditEntries.at, from),
        to && lte(auditEntries.at, to),
        page.after?.[0] === undefined ? undefined : lt(auditEntries.seq, Number(page.after[0])),
      ),
    )
    .orderBy(desc(auditEntries.seq))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, ({ entry }) => [String(entry.seq)])
}
