import type { Announcement } from './announcement.ts'
import { auctionAnnouncements } from './auction-announcements.ts'
import { dealAnnouncements } from './deal-announcements.ts'
import { enquiryAnnouncements } from './enquiry-announcements.ts'
import { financeAnnouncements } from './finance-announcements.ts'
import { importAnnouncements } from './import-announcements.ts'
import { introductionAnnouncements } from './introduction-announcements.ts'
import { jointDemandAnnouncements } from './joint-demand-announcements.ts'
import { listingAnnouncements } from './listing-announcements.ts'
import { matchAnnouncements } from './match-announcements.ts'
import { organisationAnnouncements } from './organisation-announcements.ts'

/** Everything that receivers can be told, by the event that causes it. */
export const announcements: readonly Announcement[] = [
  ...listingAnnouncements,
  ...matchAnnouncements,
  ...introductionAnnouncements,
  ...enquiryAnnouncements,
  ...dealAnnouncements,
  ...auctionAnnouncements,
  ...importAnnouncements,
  ...financeAnnouncements,
  ...jointDemandAnnouncements,
  ...organisationAnnouncements,
]
