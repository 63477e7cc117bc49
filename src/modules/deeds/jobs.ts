import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import { type Id, idSchema } from '../../kernel/ids.ts'
import { defineJob, type Job, type Occurrence, onOccurrence, type Subscription } from '../../kernel/job.ts'
import { dealAttributed, dealOpened, dealStageChanged } from '../deals/index.ts'
import {
  introductionAccepted,
  introductionBrokerReplaced,
  introductionClosed,
  introductionDeclined,
  introductionOpened,
} from '../introductions/index.ts'
import { reviewItemRead } from '../review/index.ts'
import { deedKinds } from './domain/deed.ts'
import { type DeedFact, recordDealDeeds, recordDeeds } from './record-deeds.ts'

const queue = 'introductions'
const occurrence = { eventId: idSchema('event'), action: z.string(), at: z.iso.datetime() }

export const recordDeedsJob = defineJob({
  ...{ name: 'deeds.record-deeds', queue, attempts: 8 },
  payload: z.object({
    deeds: z.array(
      z.object({
        ...{ ...occurrence, userId: idSchema('user'), kind: z.enum(deedKinds), market: z.string() },
        ...{ objectId: z.string(), shareBp: z.int().optional() },
      }),
    ),
  }),
  run: recordDeeds,
})

export const recordDealDeedsJob = defineJob({
  ...{ name: 'deeds.record-deal-deeds', queue, attempts: 8 },
  payload: z.object({ ...occurrence, dealId: idSchema('deal') }),
  run: recordDealDeeds,
})

export const deedJobs: readonly Job<{ db: Db }>[] = [recordDeedsJob, recordDealDeedsJob]

type Said = Omit<DeedFact, 'eventId' | 'at'>
const record = (deeds: Said[], { eventId, occurredAt }: Occurrence) => [
  recordDeedsJob.request({ deeds: deeds.map((deed) => ({ ...deed, eventId, at: occurredAt.toISOString() })) }),
]
const recordDeal = (dealId: Id<'deal'>, action: string, { eventId, occurredAt }: Occurrence) => [
  recordDealDeedsJob.request({ dealId, action, eventId, at: occurredAt.toISOString() }),
]

type IntroductionFact = { introductionId: string; brokerId: Id<'user'>; market: string }
const introduction =
  (action: string) =>
  ({ introductionId: objectId, brokerId: userId, market }: IntroductionFact, at: Occurrence) =>
    record([{ userId, kind: 'introduction', action, market, objectId }], at)

export const deedSubscriptions: readonly Subscription[] = [
  onOccurrence(reviewItemRead, ({ userId, answer: action, market, reviewItemId: objectId }, at) =>
    record([{ userId, kind: 'decision', action, market, objectId }], at),
  ),
  onOccurrence(introductionOpened, introduction('opened')),
  onOccurrence(introductionBrokerReplaced, ({ introductionId: objectId, brokerId, formerBrokerId, market }, at) =>
    record(
      [
        { userId: formerBrokerId, kind: 'introduction', action: 'handed_over', market, objectId },
        { userId: brokerId, kind: 'introduction', action: 'taken_over', market, objectId },
      ],
      at,
    ),
  ),
  onOccurrence(introductionAccepted, introduction('accepted')),
  onOccurrence(introductionDeclined, introduction('declined')),
  onOccurrence(introductionClosed, introduction('closed')),
  onOccurrence(dealOpened, ({ dealId }, at) => recordDeal(dealId, 'open', at)),
  onOccurrence(dealStageChanged, ({ dealId, action }, at) => recordDeal(dealId, action, at)),
  onOccurrence(dealAttributed, ({ dealId: objectId, market, brokers }, at) =>
    record(
      brokers.map(({ userId, shareBp }) => ({ userId, kind: 'deal', action: 'attribute', market, objectId, shareBp })),
      at,
    ),
  ),
]
