import { and, asc, eq, gte, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { organisationQualifications as qualifications } from '../identity/table.ts'

/** The types of the verified qualifications that are valid on a day, by organisation: what strangers may see of them. */
export async function verifiedQualifications(
  db: Db,
  orgIds: readonly Id<'organisation'>[],
  day: string,
): Promise<Map<Id<'organisation'>, string[]>> {
  const { orgId, type, state, validTo } = qualifications
  const rows = await db
    .selectDistinct({ orgId, type })
    .from(qualifications)
    .where(and(inArray(orgId, [...orgIds]), eq(state, 'verified'), or(isNull(validTo), gte(validTo, day))))
    .orderBy(asc(type))
  const types = new Map<Id<'organisation'>, string[]>()
  for (const row of rows) types.set(row.orgId, [...(types.get(row.orgId) ?? []), row.type])
  return types
}

/** Owners of a verified qualification whose last day was in the week before `day`: one missed run is made up for by the next. */
export async function listOwnersOfExpired(db: Db, day: string): Promise<Id<'organisation'>[]> {
  const { orgId, state, validTo } = qualifications
  const rows = await db
    .selectDistinct({ orgId })
    .from(qualifications)
    .where(and(eq(state, 'verified'), lt(validTo, day), gte(validTo, sql`${day}::date - 7`)))
  return rows.map((row) => row.orgId)
}
