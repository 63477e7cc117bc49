import { and, eq } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { openLicences } from '../licences/table.ts'

/** Whether a patent of the supply is offered to everybody: while it is, nobody gets it exclusively (Patent Law, article 51). */
export async function isOpenlyLicensed(db: Db, supplyId: Id<'supply'>): Promise<boolean> {
  const isStanding = and(eq(openLicences.supplyId, supplyId), eq(openLicences.state, 'declared'))
  const rows = await db.select({ id: openLicences.id }).from(openLicences).where(isStanding).limit(1)
  return rows.length > 0
}
