import type { z } from 'zod'
import { type Listing, toTeaser } from '../listings/index.ts'
import { toMatchResponse } from '../matching/index.ts'
import type { ReviewItemView } from './read-item.ts'
import type { Queue } from './read-queue.ts'
import type { ReviewItem } from './review-item-repo.ts'
import type { reviewItemResponse } from './schemas.ts'

type ReviewItemResponse = z.input<typeof reviewItemResponse>

/** An item with all that a broker judges by. */
export function toReviewItemResponse(view: ReviewItemView): ReviewItemResponse {
  const { item, match, demand, supply, lease } = view
  return {
    id: item.id,
    market: item.market,
    fields: item.fields,
    region: item.region ?? undefined,
    score: item.score,
    priority: item.priority,
    state: item.state,
    leasedBy: lease.leaseOwner ?? undefined,
    leaseUntil: lease.leaseUntil?.toISOString(),
    leaseToken: lease.leaseToken ?? undefined,
    snoozedUntil: item.snoozedUntil?.toISOString(),
    ...decisionOf(item),
    conflictOfInterest: view.hasConflict,
    match: toMatchResponse(match),
    demand: { ...toTeaser(demand), ...memberPartOf(demand.listing) },
    supply: { ...toTeaser(supply), ...memberPartOf(supply.listing) },
    version: item.version,
    createdAt: item.createdAt.toISOString(),
  }
}

/** For lists: the same without the long texts of the listings. */
export function toReviewItemSummary(view: ReviewItemView): ReviewItemResponse {
  const { demand, supply } = view
  return {
    ...toReviewItemResponse(view),
    demand: { ...toTeaser(demand) },
    supply: { ...toTeaser(supply) },
  }
}

function decisionOf(item: ReviewItem) {
  return {
    decision: item.decision ?? undefined,
    reasonCode: item.reasonCode ?? undefined,
    note: item.note ?? undefined,
    decidedBy: item.decidedBy ?? undefined,
    decidedAt: item.decidedAt?.toISOString(),
  }
}

function memberPartOf({ content }: Listing) {
  return { description: content.description, indicators: content.indicators }
}

export function toReviewQueueResponse({ total, byMarket, byField }: Queue) {
  return {
    ...total,
    byMarket: byMarket.map(({ key, ...counts }) => ({ market: key, ...counts })),
    byField: byField.map(({ key, ...counts }) => ({ field: key, ...counts })),
  }
}
