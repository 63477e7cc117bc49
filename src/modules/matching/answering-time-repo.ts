import { lt, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { impossible } from '../../kernel/assert.ts'
import { type Id, idToUuid } from '../../kernel/ids.ts'
import type { AnsweringTime } from './domain/answering-time.ts'
import { answeringTimes } from './table.ts'

type OrgId = Id<'organisation'>

/**
 * Of those organisations of which it is known, by the index: a join with the list reads the whole table instead. One parameter,
 * because 80 take a millisecond to send.
 */
export async function findAnsweringTimes(db: Db, orgIds: readonly OrgId[]): Promise<Map<string, AnsweringTime>> {
  if (orgIds.length === 0) return new Map()
  const idOf = new Map(orgIds.map((id) => [idToUuid(id), id]))
  const { rows } = await db.execute<AnsweringTime & { uuid: string }>(sql`
    select org_id as uuid, median_hours as hours, cases from answering_times
    where org_id = any(${sql.param([...idOf.keys()])}::uuid[])`)
  return new Map(
    rows.map(({ uuid, hours, cases }) => [idOf.get(uuid) ?? impossible(`nobody asked for ${uuid}`), { hours, cases }]),
  )
}

export async function upsertAnsweringTimes(
  tx: Tx,
  times: ReadonlyMap<OrgId, AnsweringTime>,
  measuredAt: Date,
): Promise<void> {
  if (times.size === 0) return
  const rows = [...times].map(([orgId, { hours, cases }]) => ({ orgId, medianHours: hours, cases, measuredAt }))
  await tx
    .insert(answeringTimes)
    .values(rows)
    .onConflictDoUpdate({
      target: answeringTimes.orgId,
      set: {
        medianHours: sql`excluded.median_hours`,
        cases: sql`excluded.cases`,
        measuredAt: sql`excluded.measured_at`,
      },
    })
}

/** Of those that were not measured again: too little is known of them now. */
export async function deleteAnsweringTimesBefore(db: Db, measuredAt: Date): Promise<void> {
  await db.delete(answeringTimes).where(lt(answeringTimes.measuredAt, measuredAt))
}
