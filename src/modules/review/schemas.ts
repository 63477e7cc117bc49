import { z } from 'zod'
import { pageQuery } from '../../http/pagination.ts'
import { queryFlag } from '../../http/query.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { organisationKinds } from '../../kernel/principal.ts'
import { codeOf, listOf, text } from '../listings/index.ts'
import { marketCode } from '../markets/index.ts'
import { matchResponse } from '../matching/index.ts'
import { isReasonFor, type ReasonUse } from '../taxonomy/index.ts'
import { leaseMinutes } from './domain/lease.ts'
import { decisions, maxSnoozeDays, reviewAnswers, reviewStates } from './domain/review-item.ts'
import { reviewStages } from './domain/second-reading.ts'

const leaseToken = z.uuid().meta({ description: 'From the claim; another claim of the item makes it worthless.' })

export const claimItemsBody = z.strictObject({
  limit: z.int().min(1).max(50).default(10),
  demandId: idSchema('demand').optional(),
  fields: listOf(codeOf('fields'), 10).min(1).optional(),
})
export type ClaimItemsBody = z.output<typeof claimItemsBody>

export const leaseBody = z.strictObject({ leaseToken })

const reasonUseOf: Partial<Record<(typeof reviewAnswers)[number], ReasonUse>> = {
  reject: 'review_reject',
  snooze: 'review_snooze',
  escalate: 'review_escalate',
}

export const decideItemBody = defineSchema(
  'ReviewDecision',
  z
    .strictObject({
      leaseToken,
      decision: z.enum(reviewAnswers),
      reasonCode: codeOf('reason-codes').optional().meta({ description: 'Required to reject, snooze or escalate.' }),
      note: text(1000).optional(),
      until: z.iso
        .datetime({ offset: true })
        .optional()
        .meta({ description: `Snooze only, and required there: at most ${maxSnoozeDays} days from now.` }),
    })
    .superRefine((body, context) => {
      const issue = (field: string, message: string) => {
        context.addIssue({ code: 'custom', path: [field], message, input: body })
      }
      const use = reasonUseOf[body.decision]
      if (use !== undefined && body.reasonCode === undefined) issue('reasonCode', `is required to ${body.decision}`)
      if (use !== undefined && body.reasonCode !== undefined && !isReasonFor(use, body.reasonCode)) {
        issue('reasonCode', `is not a reason to ${body.decision}; see /v1/taxonomies/reason-codes, use ${use}`)
      }
      if (body.decision === 'snooze' && body.until === undefined) issue('until', 'is required to snooze')
      if (body.decision !== 'snooze' && body.until !== undefined) issue('until', 'belongs to a snooze alone')
    }),
)
export type DecideItemBody = z.output<typeof decideItemBody>

export const decideItemsBody = z.strictObject({
  decisions: z
    .array(z.object({ id: idSchema('reviewItem'), answer: decideItemBody }))
    .min(1)
    .max(50)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'names an item twice'),
})

export const revokeLeaseBody = z.strictObject({
  reason: z.enum(['absent', 'overdue', 'conflict_of_interest', 'other']),
})
export type RevokeLeaseBody = z.output<typeof revokeLeaseBody>

/** Which items a list or a file has. */
export const reviewFilters = {
  state: z.enum(reviewStates).optional(),
  market: marketCode.optional().meta({ description: 'A market and its branches, within your own.' }),
  mine: queryFlag().optional().meta({ description: 'Only what you hold under a lease or have decided.' }),
}
export const listItemsQuery = z.object({ ...pageQuery, ...reviewFilters })
export type ListItemsQuery = z.output<typeof listItemsQuery>

const listingShape = {
  market: z.string(),
  organisation: z.object({ id: idSchema('organisation'), name: z.string(), kind: z.enum(organisationKinds) }),
  title: z.string(),
  summary: z.string().optional(),
  description: z.string().optional().meta({ description: 'In lists left out.' }),
  fields: z.array(z.string()),
  industries: z.array(z.string()),
  keywords: z.array(z.string()),
  region: z.string().optional(),
  cooperationModes: z.array(z.string()),
  indicators: z
    .array(
      z.object({
        name: z.string(),
        operator: z.string(),
        value: z.number(),
        valueMax: z.number().optional(),
        unit: z.string().optional(),
      }),
    )
    .optional()
    .meta({ description: 'In lists left out.' }),
  trlMin: z.int().optional(),
  trlMax: z.int().optional(),
  priceMinFen: z.int().optional(),
  priceMaxFen: z.int().optional(),
  deadline: z.iso.date().optional(),
  trustCode: z.string(),
  trustReasons: z.array(z.string()),
  state: z.string(),
}

const reviewDemandResponse = defineSchema('ReviewDemand', z.object({ id: idSchema('demand'), ...listingShape }))
const reviewSupplyResponse = defineSchema('ReviewSupply', z.object({ id: idSchema('supply'), ...listingShape }))

const turnResponse = z
  .object({
    at: z.iso.datetime(),
    version: z.string().optional(),
    score: z.number().optional(),
    value: z.number().optional(),
    rarity: z.number().optional(),
    worth: z.number().optional(),
    headStartHours: z.number().optional(),
    valueFen: z.int().optional(),
  })
  .meta({ description: 'The queue is ordered by `at`: the opening less a head start of up to 72 h by expected value.' })

export const reviewItemResponse = defineSchema(
  'ReviewItem',
  z.object({
    id: idSchema('reviewItem'),
    market: z.string(),
    fields: z.array(z.string()),
    region: z.string().optional(),
    score: z.number().min(0).max(1),
    priority: z.int().meta({ description: 'Level of the match, 1–4.' }),
    stage: z
      .enum(reviewStages)
      .meta({ description: '`second`: of the sample that two brokers read; `senior`: escalated.' }),
    turn: turnResponse,
    routing: z.object({
      openToAllAt: z.iso.datetime().meta({ description: 'From then on it goes to brokers of any field and region.' }),
      minStep: z.int().meta({ description: 'Least step on the ladder of grades; 0: any.' }),
      certificate: z.string().optional(),
    }),
    dueAt: z.iso.datetime(),
    isOverdue: z.boolean(),
    state: z.enum(reviewStates),
    leasedBy: idSchema('user').optional(),
    leaseUntil: z.iso
      .datetime()
      .optional()
      .meta({ description: `A lease lasts ${leaseMinutes} minutes.` }),
    leaseToken: z.uuid().optional().meta({ description: 'Only for the holder.' }),
    snoozedUntil: z.iso.datetime().optional(),
    decision: z.enum(decisions).optional(),
    reasonCode: z.string().optional(),
    note: z.string().optional(),
    decidedBy: idSchema('user').optional(),
    decidedAt: z.iso.datetime().optional(),
    conflictOfInterest: z.boolean().meta({ description: 'One side is your own organisation, so you cannot claim it.' }),
    match: matchResponse,
    demand: reviewDemandResponse,
    supply: reviewSupplyResponse,
    version: z.int().min(1),
    createdAt: z.iso.datetime(),
  }),
)

export const claimResponse = z.object({
  data: z.array(reviewItemResponse),
  remaining: z.int().min(0).meta({ description: 'How many more you may hold at the same time.' }),
})

export const decisionsResponse = z.object({
  data: z.array(
    z.object({
      id: idSchema('reviewItem'),
      status: z.int().meta({ description: 'What a single decision would have been answered with.' }),
      state: z.enum(reviewStates).optional(),
      stage: z.enum(reviewStages).optional(),
      decision: z.enum(decisions).optional(),
      problem: z.object({ code: z.string(), detail: z.string() }).optional(),
    }),
  ),
})

export const heartbeatResponse = z.object({ leaseUntil: z.iso.datetime() })

const countsShape = {
  open: z.int().meta({ description: 'Claimable now.' }),
  leased: z.int(),
  snoozed: z.int(),
  overdue: z.int().meta({ description: 'Undecided after their due date, leased ones included.' }),
  oldestAgeSeconds: z.int().nullable().meta({ description: 'Of the oldest claimable item.' }),
}

export const reviewQueueResponse = defineSchema(
  'ReviewQueue',
  z.object({
    ...countsShape,
    secondReading: z
      .object({ read: z.int(), agreed: z.int() })
      .meta({ description: 'Of the last 90 days: items that two brokers read, and how often both said the same.' }),
    byMarket: z.array(z.object({ market: z.string(), ...countsShape })),
    byField: z.array(z.object({ field: z.string(), ...countsShape })),
  }),
)
