import { notFound } from '../../kernel/errors.ts'
import { isSignedIn, type Principal, type Viewer } from '../../kernel/principal.ts'
import type { Listing } from './domain/listing.ts'

/** The market a listing belongs to and everything above it, nearest first. */
export type MarketLine = readonly string[]

export function isOwner(viewer: Viewer, listing: Pick<Listing, 'orgId'>): boolean {
  return isSignedIn(viewer) && viewer.orgId === listing.orgId
}

/** Operators and brokers work in their organisation's market and its branches. */
export function worksInMarket(viewer: Viewer, role: 'operator' | 'broker', line: MarketLine): boolean {
  return isSignedIn(viewer) && viewer.role === role && line.includes(viewer.market)
}

/** Published listings are for everyone; others exist only for their owner and, once submitted, for the market's operator. */
export function maySee(viewer: Viewer, listing: Pick<Listing, 'orgId' | 'state'>, line: MarketLine): boolean {
  if (listing.state === 'published' || isOwner(viewer, listing)) return true
  return listing.state !== 'draft' && worksInMarket(viewer, 'operator', line)
}

/** @throws NOT_FOUND for whoever is not the owner: the object does not exist for them. */
export function assertOwner(actor: Principal, listing: Pick<Listing, 'orgId'>): void {
  if (!isOwner(actor, listing)) throw notFound('listing')
}

/** @throws NOT_FOUND for whoever is not an operator of the listing's market, and for a draft: nobody else knows of one. */
export function assertOperator(actor: Principal, listing: Pick<Listing, 'state'>, line: MarketLine): void {
  if (listing.state === 'draft' || !worksInMarket(actor, 'operator', line)) throw notFound('listing')
}
