import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { type Id, idToUuid, uuidToId } from '../../kernel/ids.ts'
import type { PastLot } from './domain/signals/index.ts'

type OrgId = Id<'organisation'>

const uuids = (ids: readonly OrgId[]) =>
  sql`array[${sql.join(
    ids.map((id) => sql`${idToUuid(id)}::uuid`),
    sql`, `,
  )}]::uuid[]`

/** A domain that more organisations use is that of a mail service and says nothing. */
const mostSharing = 5

/** Domains of the e-mail addresses of each organisation's users that are hardly anybody else's. */
export async function listMailDomains(db: Db, orgIds: readonly OrgId[]): Promise<Map<string, string[]>> {
  const { rows } = await db.execute<{ orgId: string; domains: string[] }>(sql`
    with used as (select distinct org_id, split_part(email, '@', 2) as domain from users),
    own as (select domain from used group by domain having count(*) <= ${mostSharing})
    select org_id as "orgId", array_agg(domain order by domain) as domains
    from used join own using (domain) where org_id = any (${uuids(orgIds)}) group by org_id`)
  return new Map(rows.map(({ orgId, domains }) => [uuidToId('organisation', orgId), domains]))
}

/** Whom each organisation, or somebody about it, declared related in any lot but one. */
export async function listRelations(
  db: Db,
  orgIds: readonly OrgId[],
  except: Id<'auction'>,
): Promise<Map<string, string[]>> {
  const { rows } = await db.execute<{ orgId: string; related: string[] }>(sql`
    select org_id as "orgId", array_agg(distinct related)::text[] as related
    from (
      select seller_org_id as org_id, unnest(related_org_ids) as related, id as lot_id from auction_lots
      union all
      select org_id, unnest(related_org_ids), lot_id from auction_registrations
    ) declared
    where org_id = any (${uuids(orgIds)}) and lot_id <> ${idToUuid(except)}::uuid group by org_id`)
  return new Map(
    rows.map(({ orgId, related }) => [
      uuidToId('organisation', orgId),
      related.map((id) => uuidToId('organisation', id) as string),
    ]),
  )
}

/** Closed lots since a time for which any of the organisations bid, oldest first, with bidders by their highest bid. */
export async function listPastLots(
  db: Db,
  { orgIds, except, since }: { orgIds: readonly OrgId[]; except: Id<'auction'>; since: Date },
): Promise<PastLot[]> {
  const { rows } = await db.execute<{
    lotId: string
    sellerId: string
    bidderIds: string[]
    winnerId: string | null
  }>(sql`
    with best as (
      select bid.lot_id, bidder.org_id, max(bid.amount_fen) as amount
      from auction_registrations mine
      join auction_lots lot on lot.id = mine.lot_id
      join auction_bids bid on bid.lot_id = lot.id
      join auction_registrations bidder on bidder.id = bid.registration_id
      where mine.org_id = any (${uuids(orgIds)}) and lot.closed_at >= ${since.toISOString()}::timestamptz
        and lot.id <> ${idToUuid(except)}::uuid
      group by bid.lot_id, bidder.org_id
    )
    select lot.id as "lotId", lot.seller_org_id as "sellerId",
      array_agg(best.org_id order by best.amount desc)::text[] as "bidderIds",
      (select award.org_id from auction_awards award
       where award.lot_id = lot.id and award.state in ('accepted', 'settled')) as "winnerId"
    from best join auction_lots lot on lot.id = best.lot_id
    group by lot.id order by lot.closed_at, lot.id`)
  return rows.map(({ lotId, sellerId, bidderIds, winnerId }) => ({
    lotId: uuidToId('auction', lotId),
    sellerOrgId: uuidToId('organisation', sellerId),
    bidderOrgIds: bidderIds.map((id) => uuidToId('organisation', id)),
    winnerOrgId: winnerId === null ? null : uuidToId('organisation', winnerId),
  }))
}
