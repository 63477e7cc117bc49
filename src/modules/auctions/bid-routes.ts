import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import { idSchema } from '../../kernel/ids.ts'
import type { LiveChannel } from '../../ports/live-channel.ts'
import type { Vault } from '../../ports/vault.ts'
import { auditResponse, bidsResponse, listBidsQuery, placeBidBody, placedBidResponse } from './bid-schemas.ts'
import { toPlacedBidResponse } from './bidder-present.ts'
import { exampleAudit, exampleBid, examplePlacedBid } from './examples.ts'
import { lotStream } from './lot-stream.ts'
import { placeBid } from './place-bid.ts'
import { readAudit, toAuditedBid } from './read-audit.ts'
import { readBids } from './read-bids.ts'
import { bidEvent, closedEvent, exampleStreamEvents, lotGreeting } from './stream-schemas.ts'

const tag = 'Auctions'
const params = z.object({ id: idSchema('auction') })

/** Bids and the record that they leave. */
export function bidRoutes(api: Api, deps: { vault: Vault; live: LiveChannel }): void {
  api.post('/v1/auctions/:id/bids', {
    ...{ operationId: 'placeBid', summary: 'Bid by hand, or leave a maximum up to which the system bids for you', tag },
    description:
      'A bid in the last minutes extends the end. Between equal reaches the earlier comes first: the later is told BID_COVERED.',
    permission: 'auction.bid',
    params,
    body: placeBidBody,
    status: 201,
    response: placedBidResponse,
    idempotency: 'own',
    errors: [
      ...([
        'CONFLICT_OF_INTEREST',
        'BIDDER_NOT_ADMITTED',
        'BIDDING_NOT_OPEN',
        'BIDDING_CLOSED',
        'BID_OWN_LEAD',
      ] as const),
      ...(['BID_BELOW_STEP', 'BID_COVERED', 'IDEMPOTENCY_KEY_REUSED', 'UNAVAILABLE'] as const),
    ],
    example: { body: { amountFen: 30_500_000 }, response: examplePlacedBid },
    handle: async ({ db, actor, params: { id }, body: { amountFen, maximumFen = 0 }, idempotencyKey: key }) => {
      const bid = { lotId: id, limitFen: amountFen ?? maximumFen, isMaximum: amountFen === undefined, key }
      const placed = await placeBid({ ...deps, db }, actor, bid)
      const headers: Record<string, string> = placed.isReplay ? { 'idempotency-replayed': 'true' } : {}
      return { body: toPlacedBidResponse(placed), headers }
    },
  })
  recordRoutes(api, deps)
  api.stream('/v1/auctions/:id/stream', {
    ...{ operationId: 'streamAuction', summary: 'Follow a lot: price, leader by number, end, close', tag },
    permission: 'auction.read',
    params,
    events: { ready: lotGreeting, bid: bidEvent, closed: closedEvent },
    examples: exampleStreamEvents,
    open: async ({ db, viewer, params: { id } }) => lotStream({ db }, viewer, id),
  })
}

function recordRoutes(api: Api, deps: { vault: Vault; live: LiveChannel }): void {
  api.get('/v1/auctions/:id/bids', {
    ...{ operationId: 'listBids', summary: 'List bids in their order, with the hashes that chain them', tag },
    description: 'Continue with `afterSeq` of the last one that you have: numbers have no gaps.',
    permission: 'auction.read',
    params,
    query: listBidsQuery,
    response: bidsResponse,
    example: { response: { data: [exampleBid], hasMore: false } },
    handle: async ({ db, viewer, params: { id }, query }) => {
      const { bids, hasMore } = await readBids({ db }, viewer, { id, ...query })
      return { body: { data: bids.map(toAuditedBid), hasMore } }
    },
  })
  api.get('/v1/auctions/:id/audit', {
    ...{ operationId: 'getAuctionAudit', summary: 'Everything that is needed to verify a closed lot again', tag },
    description: 'Verify it without this server: `npm run auction:verify -- file.json`.',
    permission: 'auction.read',
    params,
    response: auditResponse,
    errors: ['AUCTION_NOT_CLOSED'],
    example: { response: exampleAudit },
    handle: async ({ db, viewer, params: { id } }) => {
      const audit = await readAudit({ ...deps, db }, viewer, id)
      return { body: { ...audit, terms: { ...audit.terms, ladder: [...audit.terms.ladder] } } }
    },
  })
}
