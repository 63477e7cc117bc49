import type pg from 'pg'
import { withTx } from '../../src/db/tx.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { idToUuid, newId } from '../../src/kernel/ids.ts'
import type { Principal } from '../../src/kernel/principal.ts'
import { sessionReuseDetected } from '../../src/modules/identity/index.ts'
import { appendEvents } from '../../src/outbox/index.ts'
import { secretKeyVault } from '../../src/vault/index.ts'
import { givenEndpoint } from '../modules/webhooks/scene.ts'
import type { TestDatabase } from '../support/db.ts'
import type { Given } from '../support/given.ts'
import { secretKey } from './workers.ts'

export type Scene = { owners: readonly Principal[]; supplyId: string; demandId: string }

/**
 * One demand that finds its supply, owned by two new organisations that hear by webhook, and a warning that goes out by mail:
 * every step from an event to what people get.
 */
export async function playScene(
  { db }: Pick<TestDatabase, 'db'>,
  made: Given,
  { title, hooksUrl }: { title: string; hooksUrl: string },
): Promise<Scene> {
  const deps = { db, clock: systemClock, vault: secretKeyVault(secretKey) }
  const seller = await made.organisation({ kind: 'university' })
  const buyer = await made.organisation({ kind: 'enterprise' })
  for (const owner of [seller, buyer]) {
    await givenEndpoint(deps, owner, { url: hooksUrl, eventTypes: ['listing.published'] })
  }
  const supply = await made.publishedSupply({ by: seller, title })
  const demand = await made.publishedDemand({ by: buyer, title })
  const warning = { sessionId: newId('session'), userId: buyer.userId }
  await withTx(db, (tx) => appendEvents(tx, [sessionReuseDetected(warning, systemClock.now())]))
  return { owners: [seller, buyer], supplyId: supply.listing.id, demandId: demand.listing.id }
}

/** Everything that followed from the scene, counted: two scenes that ended well have the same. */
export async function effectsOf(pool: pg.Pool, { owners, supplyId, demandId }: Scene): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ name: string; count: number }>(effects, [
    owners.map(({ orgId }) => uuidOf(orgId)),
    uuidOf(supplyId),
    uuidOf(demandId),
  ])
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]))
}

const effects = `
  with users_of as (select id, email from users where org_id = any($1)),
  pair as (select id from matches where supply_id = $2 and demand_id = $3)
  select 'match' as name, count(*)::int as count from pair
  union all select 'review item', count(*)::int from review_items where match_id in (select id from pair)
  union all select 'search document', count(*)::int from search_documents where listing_id in ($2, $3)
  union all select 'notification ' || kind, count(*)::int from notifications
    where user_id in (select id from users_of) group by kind
  union all select 'numbered notifications', count(distinct seq)::int from notifications
    where user_id in (select id from users_of)
  union all select 'mail to ' || row_number() over (order by to_address), count(*)::int from stored_mails
    where to_address in (select email from users_of) group by to_address
  union all select 'pending mail', count(*)::int from mail_deliveries
    where user_id in (select id from users_of) and state = 'pending' having count(*) > 0
  union all select 'webhook ' || type || ' ' || state, count(*)::int from webhook_deliveries
    where endpoint_id in (select id from webhook_endpoints where org_id = any($1)) group by type, state`

/** The column's form of a TypeID. */
function uuidOf(id: string): string {
  return idToUuid(id as Parameters<typeof idToUuid>[0])
}
