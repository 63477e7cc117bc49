import type { OrganisationKind } from '../../../kernel/principal.ts'

/** What receivers can ask for. A name is for ever: receivers switch on it. */
export const publicEventTypes = [
  'listing.published',
  'listing.updated',
  'listing.returned',
  'listing.closed',
  'listing.expiring',
  'listing.turned_red',
  'match.approved',
  'introduction.opened',
  'introduction.accepted',
  'introduction.declined',
  'introduction.closed',
  'introduction.nda_signed',
  'enquiry.opened',
  'enquiry.quoted',
  'enquiry.accepted',
  'enquiry.ended',
  'deal.opened',
  'deal.stage_changed',
  'deal.confirmed',
  'auction.announced',
  'auction.closed',
  'auction.awarded',
  'auction.offered',
  'auction.award_ended',
  'auction.settled',
  'application.stage_changed',
  'joint_demand.invited',
  'joint_demand.opened',
  'joint_demand.dropped',
  'import.ended',
  'redemption.state_changed',
  'organisation.verification_changed',
  'review_item.opened',
] as const
export type PublicEventType = (typeof publicEventTypes)[number]

/** What a test message says; nobody subscribes to it. */
export const testEventType = 'webhook.test'
export type MessageType = PublicEventType | typeof testEventType

const reviewing: readonly OrganisationKind[] = ['broker_firm', 'market_operator']

/** The review queue is the business of those who work it. */
export function mayHearOf(type: PublicEventType, kind: OrganisationKind): boolean {
  return type !== 'review_item.opened' || reviewing.includes(kind)
}
