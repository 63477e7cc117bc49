import { z } from 'zod'
import { defineEvent } from '../../kernel/domain-event.ts'
import { idSchema } from '../../kernel/ids.ts'
import { answers, enders, parties, sides } from './domain/introduction.ts'
import { meetingStates } from './domain/meeting.ts'
import type { Introduction } from './introduction-repo.ts'

const fact = {
  introductionId: idSchema('introduction'),
  matchId: idSchema('match'),
  demandId: idSchema('demand'),
  supplyId: idSchema('supply'),
  demandOrgId: idSchema('organisation'),
  supplyOrgId: idSchema('organisation'),
  brokerId: idSchema('user'),
  market: z.string(),
}
const version = 1

/** Both sides are asked. */
export const introductionOpened = defineEvent('introduction.opened', version, z.object(fact))
/** One side has said yes or no. */
export const introductionAnswered = defineEvent(
  'introduction.answered',
  version,
  z.object({ ...fact, side: z.enum(sides), answer: z.enum(answers) }),
)
/** These sides were asked again because they have not answered. */
export const introductionChased = defineEvent(
  'introduction.chased',
  version,
  z.object({ ...fact, sides: z.array(z.enum(sides)), chases: z.int() }),
)
/** Both sides want to meet. */
export const introductionAccepted = defineEvent('introduction.accepted', version, z.object(fact))
export const introductionDeclined = defineEvent(
  'introduction.declined',
  version,
  z.object({ ...fact, side: z.enum(sides), reasonCode: z.string() }),
)
/** One side has signed the non-disclosure text; when both have, each may read the other's confidential detail. */
export const introductionNdaSigned = defineEvent(
  'introduction.nda_signed',
  version,
  z.object({ ...fact, side: z.enum(sides), isComplete: z.boolean() }),
)
/** A party has written; the text stays where it is. */
export const introductionMessagePosted = defineEvent(
  'introduction.message_posted',
  version,
  z.object({ ...fact, messageId: idSchema('introductionMessage'), author: z.enum(parties), day: z.iso.date() }),
)
/** A meeting was proposed, agreed or cancelled by a party. */
export const introductionMeetingChanged = defineEvent(
  'introduction.meeting_changed',
  version,
  z.object({ ...fact, meetingId: idSchema('introductionMeeting'), state: z.enum(meetingStates), by: z.enum(parties) }),
)
/** Another broker looks after it from this version on; `brokerId` is the new one. */
export const introductionBrokerReplaced = defineEvent(
  'introduction.broker_replaced',
  version,
  z.object({ ...fact, formerBrokerId: idSchema('user'), reasonCode: z.string(), version: z.int() }),
)
/** It has ended otherwise than by a side's no: unanswered, withdrawn, or broken off after both had accepted. */
export const introductionClosed = defineEvent(
  'introduction.closed',
  version,
  z.object({ ...fact, endedBy: z.enum(enders), reasonCode: z.string(), wasAccepted: z.boolean() }),
)

export function factOf(introduction: Introduction) {
  const { id, matchId, demandId, supplyId, demandOrgId, supplyOrgId, brokerId, market } = introduction
  return { introductionId: id, matchId, demandId, supplyId, demandOrgId, supplyOrgId, brokerId, market }
}
