import type { Id } from '../../../kernel/ids.ts'

export const sourceKinds = ['introduction', 'auction', 'enquiry', 'licence', 'direct'] as const
export type SourceKind = (typeof sourceKinds)[number]

/** Where a deal comes from. One deal per source, whoever asks and however often; a direct one stands for itself. */
export type DealSource =
  | { kind: 'introduction'; introductionId: Id<'introduction'> }
  | { kind: 'auction'; auctionId: Id<'auction'>; awardId: Id<'auctionAward'> }
  | { kind: 'enquiry'; enquiryId: Id<'enquiry'> }
  | { kind: 'licence'; acceptanceId: Id<'licenceAcceptance'> }
  | { kind: 'direct' }

/** What no second deal may have; null where nothing stands behind it. */
export function sourceKeyOf(source: DealSource): string | null {
  switch (source.kind) {
    case 'introduction':
      return source.introductionId
    case 'auction':
      // A lot that was not paid for goes to another bidder by another award, which is another deal.
      return source.awardId
    case 'enquiry':
      return source.enquiryId
    case 'licence':
      return source.acceptanceId
    case 'direct':
      return null
  }
}
