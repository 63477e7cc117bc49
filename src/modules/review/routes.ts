import { z } from 'zod'
import { pageSchema } from '../../http/pagination.ts'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { claimItems } from './claim-items.ts'
import { decideItem } from './decide-item.ts'
import { decideItems } from './decide-items.ts'
import {
  exampleDecidedItem,
  exampleItem,
  exampleLeasedItem,
  exampleLeaseToken,
  exampleLeaseUntil,
  exampleQueue,
} from './examples.ts'
import { extendLease } from './extend-lease.ts'
import { feedbackRoutes } from './feedback-routes.ts'
import { listItems } from './list-items.ts'
import {
  toDecisionOutcome,
  toReviewItemDetail,
  toReviewItemResponse,
  toReviewItemSummary,
  toReviewQueueResponse,
} from './present.ts'
import { readItem } from './read-item.ts'
import { readQueue } from './read-queue.ts'
import { releaseItem } from './release-item.ts'
import { revokeLease } from './revoke-lease.ts'
import {
  claimItemsBody,
  claimResponse,
  decideItemBody,
  decideItemsBody,
  decisionsResponse,
  heartbeatResponse,
  leaseBody,
  listItemsQuery,
  reviewItemResponse,
  reviewQueueResponse,
  revokeLeaseBody,
} from './schemas.ts'

const tag = 'Review'
const params = z.object({ id: idSchema('reviewItem') })

/** The brokers' queue: what waits, taking work, answering. Operators read. */
export function reviewRoutes(api: Api, deps: { clock: Clock }): void {
  readRoutes(api, deps)
  leaseRoutes(api, deps)
  supervisionRoutes(api, deps)
  feedbackRoutes(api)
  api.post('/v1/review-items/:id/decision', {
    operationId: 'decideReviewItem',
    summary: 'Approve, reject or snooze a match that you hold under a lease',
    tag,
    permission: 'review.work',
    params,
    body: decideItemBody,
    response: reviewItemResponse,
    errors: ['LEASE_LOST', 'ALREADY_DECIDED', 'CONFLICT_OF_INTEREST', 'TRANSITION_NOT_ALLOWED'],
    example: {
      body: { leaseToken: exampleLeaseToken, decision: 'reject', reasonCode: 'indicator_unmet' },
      response: exampleDecidedItem,
    },
    handle: async ({ db, actor, params: { id }, body }) => {
      await decideItem({ ...deps, db }, actor, { ...body, id })
      return { body: toReviewItemResponse(await readItem({ ...deps, db }, actor, id)) }
    },
  })
}

function supervisionRoutes(api: Api, deps: { clock: Clock }): void {
  api.post('/v1/review-items/decisions', {
    operationId: 'decideReviewItems',
    summary: 'Answer up to 50 items that you hold',
    description:
      'Each answer is a transaction of its own and has a status of its own: one that is refused takes no other with it. To repeat the request is safe.',
    tag,
    permission: 'review.work',
    body: decideItemsBody,
    response: decisionsResponse,
    idempotency: 'none',
    example: {
      body: { decisions: [{ id: exampleItem.id, answer: { leaseToken: exampleLeaseToken, decision: 'approve' } }] },
      response: {
        data: [{ id: exampleItem.id, status: 200, state: 'decided', stage: 'first', decision: 'approve' }],
      },
    },
    handle: async ({ db, actor, body: { decisions } }) => {
      const inputs = decisions.map(({ id, answer }) => ({ ...answer, id }))
      return { body: { data: (await decideItems({ ...deps, db }, actor, inputs)).map(toDecisionOutcome) } }
    },
  })
  api.post('/v1/review-items/:id/lease-revocation', {
    operationId: 'revokeReviewLease',
    summary: 'As an operator, take an item away from the broker who holds it',
    tag,
    permission: 'review.supervise',
    params,
    body: revokeLeaseBody,
    errors: ['TRANSITION_NOT_ALLOWED'],
    example: { body: { reason: 'absent' } },
    handle: async ({ db, actor, params: { id }, body }) => {
      await revokeLease({ ...deps, db }, actor, { ...body, id })
      return { body: undefined }
    },
  })
}

function readRoutes(api: Api, deps: { clock: Clock }): void {
  api.get('/v1/review-queue', {
    operationId: 'getReviewQueue',
    summary: 'How many matches wait for a broker in your market and its branches, and for how long',
    tag,
    permission: 'review.read',
    response: reviewQueueResponse,
    example: { response: exampleQueue },
    handle: async ({ db, actor }) => ({ body: toReviewQueueResponse(await readQueue({ ...deps, db }, actor)) }),
  })
  api.get('/v1/review-items', {
    operationId: 'listReviewItems',
    summary: 'List review items of your market and its branches, newest first',
    tag,
    permission: 'review.read',
    query: listItemsQuery,
    response: pageSchema(reviewItemResponse),
    example: { response: { data: [exampleItem], page: { nextCursor: null, hasMore: false } } },
    handle: async ({ db, actor, query, pager }) => {
      const page = await listItems({ ...deps, db }, actor, { query, page: pager.request(query) })
      return { body: pager.answer(page, toReviewItemSummary) }
    },
  })
  api.get('/v1/review-items/:id', {
    operationId: 'getReviewItem',
    summary: 'Read a review item with its match and both listings',
    description: 'The evidence of the match comes with its places in the two texts.',
    tag,
    permission: 'review.read',
    params,
    response: reviewItemResponse,
    example: { response: exampleItem },
    handle: async ({ db, actor, params: { id } }) => ({
      body: toReviewItemDetail(actor, await readItem({ ...deps, db }, actor, id)),
    }),
  })
}

function leaseRoutes(api: Api, deps: { clock: Clock }): void {
  api.post('/v1/review-queue/claims', {
    operationId: 'claimReviewItems',
    summary: 'Take the next matches under a lease of 15 minutes',
    description:
      'By expected value and age. Items go to brokers of their field and region first and to all after a while; those of your own organisation, and of organisations that you keep away from, never.',
    tag,
    permission: 'review.work',
    body: claimItemsBody,
    response: claimResponse,
    example: { body: { limit: 10 }, response: { data: [exampleLeasedItem], remaining: 190 } },
    handle: async ({ db, actor, body }) => {
      const { views, remaining } = await claimItems({ ...deps, db }, actor, body)
      return { body: { data: views.map(toReviewItemResponse), remaining } }
    },
  })
  api.post('/v1/review-items/:id/heartbeat', {
    operationId: 'extendReviewLease',
    summary: 'Keep an item: the lease runs 15 minutes from now',
    tag,
    permission: 'review.work',
    params,
    body: leaseBody,
    response: heartbeatResponse,
    errors: ['LEASE_LOST', 'ALREADY_DECIDED', 'CONFLICT_OF_INTEREST'],
    example: { body: { leaseToken: exampleLeaseToken }, response: { leaseUntil: exampleLeaseUntil } },
    handle: async ({ db, actor, params: { id }, body: { leaseToken } }) => {
      const { leaseUntil } = await extendLease({ db }, actor, { id, leaseToken })
      return { body: { leaseUntil: leaseUntil.toISOString() } }
    },
  })
  api.post('/v1/review-items/:id/release', {
    operationId: 'releaseReviewItem',
    summary: 'Give an item back undecided',
    tag,
    permission: 'review.work',
    params,
    body: leaseBody,
    errors: ['LEASE_LOST', 'ALREADY_DECIDED', 'CONFLICT_OF_INTEREST'],
    example: { body: { leaseToken: exampleLeaseToken } },
    handle: async ({ db, actor, params: { id }, body: { leaseToken } }) => {
      await releaseItem({ db }, actor, { id, leaseToken })
      return { body: undefined }
    },
  })
}
