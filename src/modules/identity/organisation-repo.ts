import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { OrganisationKind } from '../../kernel/principal.ts'
import type { Verification } from './domain/verification.ts'
import { organisations } from './table.ts'

export type Organisation = typeof organisations.$inferSelect

export async function insertOrganisation(db: Db, organisation: Organisation): Promise<void> {
  await db.insert(organisations).values(organisation)
}

export async function getOrganisation(db: Db, id: Id<'organisation'>): Promise<Organisation> {
  const [row] = await db.select().from(organisations).where(eq(organisations.id, id))
  if (row) return row
  throw notFound('organisation')
}

export async function lockOrganisation(db: Db, id: Id<'organisation'>): Promise<Organisation> {
  const [row] = await db.select().from(organisations).where(eq(organisations.id, id)).for('update')
  if (row) return row
  throw notFound('organisation')
}

export type OrganisationSummary = {
  id: Id<'organisation'>
  kind: OrganisationKind
  name: string
  verification: Verification
  market: string
}

/** What other modules show of organisations, in one statement; unknown ids are missing from the map. */
export async function findOrganisations(
  db: Db,
  ids: readonly Id<'organisation'>[],
): Promise<Map<Id<'organisation'>, OrganisationSummary>> {
  if (ids.length === 0) return new Map()
  const { id, kind, name, verification, market } = organisations
  const rows = await db
    .select({ id, kind, name, verification, market })
    .from(organisations)
    .where(inArray(id, [...new Set(ids)]))
  return new Map(rows.map((row) => [row.id, row]))
}

export async function countOrganisations(db: Db): Promise<number> {
  return db.$count(organisations)
}

export type OrganisationFilter = { markets: readonly string[]; verification?: Verification | undefined }

/** Oldest first, so that who registered first is verified first. */
export async function listOrganisationsOf(
  db: Db,
  filter: OrganisationFilter,
  { limit, after }: PageRequest,
): Promise<PageOf<Organisation>> {
  if (filter.markets.length === 0) return { items: [] }
  const rows = await db
    .select()
    .from(organisations)
    .where(
      and(
        inArray(organisations.market, [...filter.markets]),
        filter.verification === undefined ? undefined : eq(organisations.verification, filter.verification),
        after?.[0] === undefined ? undefined : gt(organisations.id, after[0] as unknown as Id<'organisation'>),
      ),
    )
    .orderBy(asc(organisations.id))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ id }) => [id])
}

type OrganisationChange = Partial<Omit<Organisation, 'id' | 'version' | 'createdAt'>> & { updatedAt: Date }

/** Writes the change and counts the version, if the row still has the version that was read. */
export async function updateOrganisationRow(
  db: Db,
  { id, version }: Pick<Organisation, 'id' | 'version'>,
  change: OrganisationChange,
): Promise<Organisation | undefined> {
  const [row] = await db
    .update(organisations)
    .set({ ...change, version: sql`${organisations.version} + 1` })
    .where(and(eq(organisations.id, id), eq(organisations.version, version)))
    .returning()
  return row
}
