import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import { isSignedIn, type Principal, type Viewer } from '../../kernel/principal.ts'
import { marketAncestors } from '../markets/index.ts'
import type { Lot } from './lot-repo.ts'

/** Whether the viewer runs auctions in this market: an operator there or in a market above. */
export async function isOperatorOf(db: Db, viewer: Viewer, market: string): Promise<boolean> {
  if (!isSignedIn(viewer) || viewer.role !== 'operator') return false
  return (await marketAncestors(db, market)).includes(viewer.market)
}

/** @throws NOT_FOUND for whoever does not run auctions there. */
export async function assertOperatorOf(db: Db, actor: Principal, market: string, what = 'auction'): Promise<void> {
  if (!(await isOperatorOf(db, actor, market))) throw notFound(what)
}

export function isSeller(viewer: Viewer, lot: Pick<Lot, 'sellerOrgId'>): boolean {
  return isSignedIn(viewer) && viewer.orgId === lot.sellerOrgId
}

/** Drafts are for the seller and the operator; all else is public. @throws NOT_FOUND */
export async function assertMaySee(db: Db, viewer: Viewer, lot: Lot): Promise<void> {
  if (lot.state !== 'draft' || isSeller(viewer, lot) || (await isOperatorOf(db, viewer, lot.market))) return
  throw notFound('auction')
}

/** @throws NOT_FOUND for whoever is neither the seller nor an operator of the market. */
export async function assertSellerOrOperator(db: Db, actor: Principal, lot: Lot): Promise<void> {
  if (isSeller(actor, lot) || (await isOperatorOf(db, actor, lot.market))) return
  throw notFound('auction')
}
