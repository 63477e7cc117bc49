import type { z } from 'zod'
import type { Listing } from '../listings/index.ts'
import { toMatchResponse } from '../matching/index.ts'
import type { ListingSide, ReviewItemView } from './read-item.ts'
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
    ...placeOf(item),
    ...decisionOf(item),
    conflictOfInterest: view.hasConflict,
    match: toMatchResponse(match),
    demand: { id: item.demandId, ...teaserOf(demand), ...memberPartOf(demand.listing) },
    supply: { id: item.supplyId, ...teaserOf(supply), ...memberPartOf(supply.listing) },
    version: item.version,
    createdAt: item.createdAt.toISOString(),
  }
}

/** For lists: the same without the long texts of the listings. */
export function toReviewItemSummary(view: ReviewItemView): ReviewItemResponse {
  const { item, demand, supply } = view
  return {
    ...toReviewItemResponse(view),
    demand: { id: item.demandId, ...teaserOf(demand) },
    supply: { id: item.supplyId, ...teaserOf(supply) },
  }
}

/** Where the item stands and who may take it. */
function placeOf({ stage, turnAt, worth, valueFen, openToAllAt, minStep, certificate, dueAt, chases }: ReviewItem) {
  return {
    stage,
    turn: { at: turnAt.toISOString(), ...(worth && { ...worth, valueFen: valueFen ?? undefined }) },
    routing: { openToAllAt: openToAllAt.toISOString(), minStep, certificate: certificate ?? undefined },
    dueAt: dueAt.toISOString(),
    isOverdue: chases > 0,
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

function teaserOf({ listing, owner }: ListingSide) {
  const { content, facets } = listing
  return {
    market: listing.market,
    organisation: { id: owner.id, name: owner.name, kind: owner.kind },
    title: content.title,
    summary: content.summary,
    fields: content.fields,
    industries: content.industries,
    keywords: content.keywords,
    region: content.region,
    cooperationModes: content.cooperationModes,
    trlMin: facets.trlMin,
    trlMax: facets.trlMax,
    priceMinFen: facets.priceMinFen,
    priceMaxFen: facets.priceMaxFen,
    deadline: facets.deadline,
    trustCode: listing.trustCode,
    trustReasons: listing.trustReasons,
    state: listing.state,
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
