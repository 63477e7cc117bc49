import type { Id } from '../../kernel/ids.ts'
import { type JobRequest, type Occurrence, onOccurrence, type Subscription } from '../../kernel/job.ts'
import { enquiryAccepted, enquiryEnded, enquiryOpened, quoteGiven } from '../enquiries/index.ts'
import {
  introductionAccepted,
  introductionClosed,
  introductionDeclined,
  introductionNdaSigned,
  introductionOpened,
} from '../introductions/index.ts'
import type { PublicEventType } from './domain/event-types.ts'
import type { MessageIds } from './domain/message.ts'
import type { Audience } from './fan-out-webhook.ts'

export type Announcement = { data: MessageIds; audience: Audience }
type Announce = (type: PublicEventType, occurrence: Occurrence, announcement: Announcement) => JobRequest[]

type IntroductionIds = Record<'introductionId' | 'matchId' | 'demandId' | 'supplyId', string> &
  Record<'demandOrgId' | 'supplyOrgId', Id<'organisation'>>
type EnquiryIds = Record<'enquiryId' | 'supplyId', string> &
  Record<'sellerOrgId' | 'buyerOrgId', Id<'organisation'>> & { quoteId?: string }

/** What both sides' own systems hear of introductions and enquiries: ids, no prices, no texts. */
export function tradeAnnouncements(announce: Announce): Subscription[] {
  const ofIntroduction = (type: PublicEventType) => (fact: IntroductionIds, occurrence: Occurrence) => {
    const { introductionId, matchId, demandId, supplyId, demandOrgId, supplyOrgId } = fact
    return announce(type, occurrence, {
      data: { introductionId, matchId, demandId, supplyId },
      audience: { of: 'organisations', orgIds: [demandOrgId, supplyOrgId] },
    })
  }
  const ofEnquiry = (type: PublicEventType) => (fact: EnquiryIds, occurrence: Occurrence) => {
    const { enquiryId, supplyId, sellerOrgId, buyerOrgId, quoteId } = fact
    return announce(type, occurrence, {
      data: { enquiryId, supplyId, ...(quoteId !== undefined && { quoteId }) },
      audience: { of: 'organisations', orgIds: [sellerOrgId, buyerOrgId] },
    })
  }
  return [
    onOccurrence(introductionOpened, ofIntroduction('introduction.opened')),
    onOccurrence(introductionAccepted, ofIntroduction('introduction.accepted')),
    onOccurrence(introductionDeclined, ofIntroduction('introduction.declined')),
    onOccurrence(introductionClosed, ofIntroduction('introduction.closed')),
    onOccurrence(introductionNdaSigned, ofIntroduction('introduction.nda_signed')),
    onOccurrence(enquiryOpened, ofEnquiry('enquiry.opened')),
    onOccurrence(quoteGiven, ofEnquiry('enquiry.quoted')),
    onOccurrence(enquiryAccepted, ofEnquiry('enquiry.accepted')),
    onOccurrence(enquiryEnded, ofEnquiry('enquiry.ended')),
  ]
}
