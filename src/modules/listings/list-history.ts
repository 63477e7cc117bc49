import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { marketAncestors } from '../markets/index.ts'
import { listChanges } from './change-repo.ts'
import type { ListingId } from './domain/listing.ts'
import { getListing } from './listing-repo.ts'
import { isOwner, worksInMarket } from './policy.ts'
import type { ChangeView } from './present.ts'

export type ListHistory = { id: ListingId; page: PageRequest }

/** What happened to a listing, newest first, for its owner and the operators of its market. */
export async function listHistory(
  deps: { db: Db },
  actor: Principal,
  { id, page }: ListHistory,
): Promise<PageOf<ChangeView>> {
  const listing = await getListing(deps.db, id)
  const isTheirs = isOwner(actor, listing)
  const mayOperate =
    listing.state !== 'draft' && worksInMarket(actor, 'operator', await marketAncestors(deps.db, listing.market))
  if (!isTheirs && !mayOperate) throw notFound('listing')
  const { items, next } = await listChanges(deps.db, id, page)
  return { items: items.map((change) => ({ change, ownerId: listing.orgId })), ...(next === undefined ? {} : { next }) }
}
