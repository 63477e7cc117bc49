import type { Announcement } from './announcement.ts'
import { listingAnnouncements } from './listing-announcements.ts'
import { matchAnnouncements } from './match-announcements.ts'
import { organisationAnnouncements } from './organisation-announcements.ts'

/** Everything that receivers can be told, by the event that causes it. */
export const announcements: readonly Announcement[] = [
  ...listingAnnouncements,
  ...matchAnnouncements,
  ...organisationAnnouncements,
]
