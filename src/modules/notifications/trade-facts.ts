import { z } from 'zod'
import { chinaDay } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { type JobRequest, on, onOccurrence, type Subscription } from '../../kernel/job.ts'
import { enquiryAccepted, enquiryEnded, enquiryOpened, quoteGiven } from '../enquiries/index.ts'
import {
  introductionAnswered,
  introductionChased,
  introductionClosed,
  introductionMeetingChanged,
  introductionMessagePosted,
  introductionOpened,
} from '../introductions/index.ts'
import type { EnquiryFact } from './notices-of-enquiry.ts'
import type { IntroductionFact } from './notices-of-introduction.ts'

const introduction = { id: idSchema('introduction') }
const party = z.enum(['demand', 'supply', 'broker'])

/** Facts of introductions as the fan-out's payload carries them. */
export const introductionFacts = [
  z.object({ topic: z.enum(['introduction_asked', 'introduction_chased', 'introduction_ended']), ...introduction }),
  z.object({ topic: z.literal('introduction_answered'), ...introduction, side: z.enum(['demand', 'supply']) }),
  z.object({ topic: z.literal('introduction_message'), ...introduction, author: party, day: z.iso.date() }),
  z.object({ topic: z.literal('introduction_meeting'), ...introduction, by: party, subject: z.string() }),
] as const

export const enquiryFacts = [
  z.object({ topic: z.enum(['enquiry_received', 'enquiry_ended']), id: idSchema('enquiry') }),
  z.object({
    ...{ topic: z.literal('quote_received'), id: idSchema('enquiry'), quoteId: idSchema('quote') },
    side: z.enum(['seller', 'buyer']),
  }),
] as const

/** Which facts of introductions and enquiries somebody is told. A thread is told once a day, however much is written. */
export function tradeSubscriptions(tell: (fact: IntroductionFact | EnquiryFact) => JobRequest[]): Subscription[] {
  return [
    on(introductionOpened, ({ introductionId: id }) => tell({ topic: 'introduction_asked', id })),
    on(introductionChased, ({ introductionId: id }) => tell({ topic: 'introduction_chased', id })),
    on(introductionAnswered, ({ introductionId: id, side }) => tell({ topic: 'introduction_answered', id, side })),
    on(introductionClosed, ({ introductionId: id }) => tell({ topic: 'introduction_ended', id })),
    onOccurrence(introductionMessagePosted, ({ introductionId: id, author }, { occurredAt }) =>
      tell({ topic: 'introduction_message', id, author, day: chinaDay(occurredAt) }),
    ),
    on(introductionMeetingChanged, ({ introductionId: id, meetingId, state, by }) =>
      tell({ topic: 'introduction_meeting', id, by, subject: `${meetingId}@${state}` }),
    ),
    on(enquiryOpened, ({ enquiryId: id }) => tell({ topic: 'enquiry_received', id })),
    on(quoteGiven, ({ enquiryId: id, quoteId, side }) => tell({ topic: 'quote_received', id, quoteId, side })),
    on(enquiryAccepted, ({ enquiryId: id }) => tell({ topic: 'enquiry_ended', id })),
    on(enquiryEnded, ({ enquiryId: id }) => tell({ topic: 'enquiry_ended', id })),
  ]
}
