import type { Db } from '../../db/client.ts'
import { chinaDay } from '../../kernel/clock.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { findListing, type Listing } from '../listings/index.ts'
import { marketTree } from '../markets/index.ts'
import { ipBlockedModes, type SupplyDetails } from '../supplies/index.ts'
import type { SaleMode } from './domain/lot.ts'
import { isOpenlyLicensed } from './open-licence-view.ts'

type Wanted = { supplyId: Id<'supply'>; saleMode: SaleMode; market: string; now: Date }

/**
 * The supply, while it may be sold in this way in this market: published there or in a branch, offered in this mode, its
 * rights free for it. @throws NOT_FOUND, AUCTION_TERMS_REFUSED
 */
export async function auctionableSupply(db: Db, { supplyId, saleMode, market, now }: Wanted): Promise<Listing> {
  const supply = await findListing(db, supplyId)
  if (supply?.state !== 'published') throw notFound('published supply')
  const { ipRights = [] } = supply.details as SupplyDetails
  const isInMarket = (await marketTree(db, market)).includes(supply.market)
  const isOffered = supply.content.cooperationModes.includes(saleMode)
  const isFree = !ipBlockedModes(ipRights, chinaDay(now)).includes(saleMode)
  const isOpen = saleMode === 'exclusive_licence' && (await isOpenlyLicensed(db, supplyId))
  const faults = [
    ...(isOpen ? ['a patent of the supply is under an open licence'] : []),
    ...(isInMarket ? [] : ['the supply belongs to another market']),
    ...(isOffered ? [] : [`the supply is not offered for ${saleMode}`]),
    ...(isFree ? [] : [`the state of its intellectual property does not allow ${saleMode}`]),
  ]
  if (faults.length === 0) return supply
  throw new AppError('AUCTION_TERMS_REFUSED', `${faults.join('; ')}.`, {
    details: { faults: faults.map((message) => ({ field: 'supplyId', rule: 'supply', message })) },
  })
}
