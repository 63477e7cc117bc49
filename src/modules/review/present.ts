import type { z } from 'zod'
import { problemCatalogue } from '../../http/problem-catalogue.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type Listing, toTeaser } from '../listings/index.ts'
import { locateEvidence, toMatchResponse } from '../matching/index.ts'
import type { DecisionOutcome } from './decide-items.ts'
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
    ...placeOf(item),
    ...decisionOf(item),
    conflictOfInterest: view.hasConflict,
    match: toMatchResponse(match),
    demand: { ...toTeaser(demand), ...memberPartOf(demand.listing) },
    supply: { ...toTeaser(supply), ...memberPartOf(supply.listing) },
    version: item.version,
    createdAt: item.createdAt.toISOString(),
  }
}

/** The same with the places of the evidence in both texts: for one item at a time. */
export function toReviewItemDetail(reader: Principal, view: ReviewItemView): ReviewItemResponse {
  const item = toReviewItemResponse(view)
  return { ...item, match: { ...item.match, parts: locateEvidence(reader, view.match.parts, view) } }
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

/** One line of the answer to many decisions. */
export function toDecisionOutcome(outcome: DecisionOutcome) {
  const { id } = outcome
  if ('refusal' in outcome) {
    const { code, message } = outcome.refusal
    return { id, status: problemCatalogue[code].status, problem: { code, detail: message } }
  }
  const { state, stage, decision } = outcome.item
  return { id, status: 200, state, stage, decision: decision ?? undefined }
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

export function toReviewQueueResponse({ total, secondReading, byMarket, byField }: Queue) {
  return {
    ...total,
    secondReading,
    byMarket: byMarket.map(({ key, ...counts }) => ({ market: key, ...counts })),
    byField: byField.map(({ key, ...counts }) => ({ field: key, ...counts })),
  }
}
