import {
  type ListingId,
  listingClosed,
  listingExpiring,
  listingPublished,
  listingReturned,
  listingTurnedRed,
  listingUpdated,
} from '../../listings/index.ts'
import { announceOn } from './announcement.ts'

const toOwner = ({ listingId }: { listingId: ListingId }) => ({
  data: { listingId },
  audience: { of: 'listing' as const, listingId },
})

export const listingAnnouncements = [
  announceOn(listingPublished, 'listing.published', toOwner),
  announceOn(listingUpdated, 'listing.updated', toOwner),
  announceOn(listingReturned, 'listing.returned', toOwner),
  announceOn(listingClosed, 'listing.closed', toOwner),
  announceOn(listingExpiring, 'listing.expiring', toOwner),
  announceOn(listingTurnedRed, 'listing.turned_red', toOwner),
]
