import { sql } from 'drizzle-orm'
import type { Db } from '../../src/db/client.ts'
import { type Id, idToUuid, newId } from '../../src/kernel/ids.ts'
import type { Principal } from '../../src/kernel/principal.ts'

/** An open lot without a past, with so many admitted bidders: rows only, because registering hashes a password each time. */
export async function insertAdmittedBidders(
  db: Db,
  count: number,
): Promise<{ lotId: Id<'auction'>; principals: Principal[] }> {
  const lotId = newId('auction')
  const uuid = (id: string) => sql`${idToUuid(id)}::uuid`
  const principals = Array.from(
    { length: count },
    (): Principal => ({
      ...{ userId: newId('user'), orgId: newId('organisation'), orgKind: 'enterprise', market: 'ningbo' },
      ...{ isOrgVerified: true, role: 'owner' },
    }),
  )
  await db.execute(sql`set session_replication_role = replica`)
  await db.execute(sql`
    insert into auction_lots (id, session_id, market, supply_id, seller_org_id, title, fields, sale_mode, state, start_fen, ladder,
      deposit_fen, valuation_fen, valued_on, valued_by, required_qualifications, priority_org_ids, related_org_ids, opens_at,
      planned_ends_at, reserve_box, reserve_commitment, rules_version, rules, terms_hash, announced_at, created_by, created_at,
      updated_at)
    select ${uuid(lotId)}, gen_random_uuid(), 'ningbo', gen_random_uuid(), gen_random_uuid(), 'bench', '{}', 'assignment',
      'announced', 100000, '[]', 0, 100000, current_date, 'bench', '{}', '{}', '{}', now() - interval '1 hour',
      now() + interval '1 day', '', '', 'bench', '{}', 'genesis', now(), gen_random_uuid(), now(), now()`)
  await db.execute(sql`
    insert into auction_books (lot_id, opens_at, ends_at, hard_ends_at, soft_close_ms, ladder_from, ladder_step, least_fen, last_hash)
    values (${uuid(lotId)}, now() - interval '1 hour', now() + interval '1 day', now() + interval '2 days', 300000,
            array[0]::bigint[], array[10000]::bigint[], 100000, 'genesis')`)
  for (const [index, { orgId, userId }] of principals.entries()) {
    await db.execute(sql`
      insert into auction_registrations (id, lot_id, org_id, user_id, number, state, deposit_fen, claims_priority,
                                         related_org_ids, created_at)
      values (${uuid(newId('auctionRegistration'))}, ${uuid(lotId)}, ${uuid(orgId)}, ${uuid(userId)}, ${101 + index},
              'admitted', 0, false, '{}', now())`)
  }
  return { lotId, principals }
}
