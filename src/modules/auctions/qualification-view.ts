import { and, eq, gte, isNull, or } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { organisationQualifications as held } from '../identity/table.ts'

/** Types of the organisation's qualifications that are verified and valid on a day. */
export async function listHeldQualifications(db: Db, orgId: Id<'organisation'>, day: string): Promise<string[]> {
  const isValid = or(isNull(held.validTo), gte(held.validTo, day))
  const rows = await db
    .select({ type: held.type })
    .from(held)
    .where(and(eq(held.orgId, orgId), eq(held.state, 'verified'), isValid))
  return rows.map(({ type }) => type)
}
