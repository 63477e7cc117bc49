import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import { pageSchema } from '../../http/pagination.ts'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { etagOf } from '../../kernel/etag.ts'
import { type Id, idSchema } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Vault } from '../../ports/vault.ts'
import { acceptQuote } from './accept-quote.ts'
import { declineEnquiry, withdrawEnquiry } from './end-enquiry.ts'
import { exampleAcceptedEnquiry, exampleEnquiry, exampleQuote } from './examples.ts'
import { giveQuote } from './give-quote.ts'
import { listEnquiries } from './list-enquiries.ts'
import { openEnquiry } from './open-enquiry.ts'
import { toEnquiryResponse } from './present.ts'
import { readEnquiry } from './read-enquiry.ts'
import {
  acceptQuoteBody,
  declineEnquiryBody,
  enquiryResponse,
  giveQuoteBody,
  listEnquiriesQuery,
  openEnquiryBody,
} from './schemas.ts'

const tag = 'Enquiries'
const params = z.object({ id: idSchema('enquiry') })
type RouteDeps = { clock: Clock; vault: Vault }

async function answer(deps: RouteDeps & { db: Db }, actor: Principal, id: Id<'enquiry'>) {
  const view = await readEnquiry(deps, actor, id)
  return { body: toEnquiryResponse(view), etag: etagOf(view.enquiry.version) }
}

/** Asking for the price of a supply, and negotiating it. */
export function enquiryRoutes(api: Api, deps: RouteDeps): void {
  api.post('/v1/supplies/:id/enquiries', {
    operationId: 'openEnquiry',
    summary: 'Ask for the price of a published supply',
    description: 'An organisation has one open enquiry about a supply. Unanswered, it expires after 30 days.',
    tag,
    permission: 'enquiry.take_part',
    params: z.object({ id: idSchema('supply') }),
    body: openEnquiryBody,
    status: 201,
    response: enquiryResponse,
    errors: ['ALREADY_EXISTS'],
    example: { body: { message: exampleEnquiry.message }, response: { ...exampleEnquiry, state: 'open', quotes: [] } },
    handle: async ({ db, actor, params: { id: supplyId }, body: { message } }) => {
      const id = await openEnquiry({ ...deps, db }, actor, { supplyId, message })
      return { ...(await answer({ ...deps, db }, actor, id)), headers: { location: `/v1/enquiries/${id}` } }
    },
  })
  readRoutes(api, deps)
  negotiationRoutes(api, deps)
}

function readRoutes(api: Api, deps: RouteDeps): void {
  api.get('/v1/enquiries', {
    operationId: 'listEnquiries',
    summary: 'List enquiries of your organisation, or as operator those of your markets',
    description: 'Newest first, without texts.',
    tag,
    permission: 'enquiry.read',
    query: listEnquiriesQuery,
    response: pageSchema(enquiryResponse),
    example: { response: { data: [exampleEnquiry], page: { nextCursor: null, hasMore: false } } },
    handle: async ({ db, actor, query, pager }) => {
      const page = await listEnquiries({ ...deps, db }, actor, { query, page: pager.request(query) })
      return { body: pager.answer(page, toEnquiryResponse) }
    },
  })
  api.get('/v1/enquiries/:id', {
    operationId: 'getEnquiry',
    summary: 'Read an enquiry with its negotiation',
    description: 'For the two sides. Operators of the market see prices and states, not the texts.',
    tag,
    permission: 'enquiry.read',
    params,
    response: enquiryResponse,
    example: { response: exampleEnquiry },
    handle: ({ db, actor, params: { id } }) => answer({ ...deps, db }, actor, id),
  })
}

function negotiationRoutes(api: Api, deps: RouteDeps): void {
  const shared = {
    tag,
    permission: 'enquiry.take_part',
    params,
    response: enquiryResponse,
    errors: ['TRANSITION_NOT_ALLOWED'],
  } as const
  const { priceMinFen, priceMaxFen, validUntil, terms } = exampleQuote
  api.post('/v1/enquiries/:id/quotes', {
    ...shared,
    operationId: 'giveQuote',
    summary: 'Name a price or a range; it replaces the one that stands',
    description: 'The seller is the first to quote; after that both may. Quotes are kept for good.',
    body: giveQuoteBody,
    status: 201,
    example: { body: { priceMinFen, priceMaxFen, validUntil, terms }, response: exampleEnquiry },
    handle: async ({ db, actor, params: { id }, body }) => {
      await giveQuote({ ...deps, db }, actor, { ...body, id })
      return answer({ ...deps, db }, actor, id)
    },
  })
  api.post('/v1/enquiries/:id/acceptance', {
    ...shared,
    operationId: 'acceptQuote',
    summary: 'Accept the newest quote of the other side',
    body: acceptQuoteBody,
    example: { body: { quoteId: exampleQuote.id }, response: exampleAcceptedEnquiry },
    handle: async ({ db, actor, params: { id }, body: { quoteId } }) => {
      await acceptQuote({ ...deps, db }, actor, { id, quoteId })
      return answer({ ...deps, db }, actor, id)
    },
  })
  api.post('/v1/enquiries/:id/decline', {
    ...shared,
    operationId: 'declineEnquiry',
    summary: 'End the negotiation with a reason',
    body: declineEnquiryBody,
    example: {
      body: { reasonCode: 'terms_not_agreed' },
      response: { ...exampleEnquiry, state: 'declined', allowedActions: [], reasonCode: 'terms_not_agreed' },
    },
    handle: async ({ db, actor, params: { id }, body: { reasonCode } }) => {
      await declineEnquiry({ ...deps, db }, actor, { id, reasonCode })
      return answer({ ...deps, db }, actor, id)
    },
  })
  api.post('/v1/enquiries/:id/withdraw', {
    ...shared,
    operationId: 'withdrawEnquiry',
    summary: 'Take your enquiry back',
    example: { response: { ...exampleEnquiry, state: 'withdrawn', allowedActions: [] } },
    handle: async ({ db, actor, params: { id } }) => {
      await withdrawEnquiry({ ...deps, db }, actor, { id })
      return answer({ ...deps, db }, actor, id)
    },
  })
}
