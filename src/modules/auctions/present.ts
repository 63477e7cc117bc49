import type { z } from 'zod'
import { stateAt } from './domain/lot.ts'
import type { LotView } from './read-lot.ts'
import type { lotResponse, seasonResponse, sessionResponse } from './schemas.ts'
import type { Season, Session } from './session-repo.ts'

type LotResponse = z.input<typeof lotResponse>

export function toSeasonResponse(season: Season): z.input<typeof seasonResponse> {
  const { id, market, name, theme, startsOn, endsOn, version, createdAt } = season
  return { id, market, name, theme: theme ?? undefined, startsOn, endsOn, version, createdAt: createdAt.toISOString() }
}

export function toSessionResponse(session: Session): z.input<typeof sessionResponse> {
  const { id, seasonId, market, title, fields, heldOn, version } = session
  return {
    ...{ id, seasonId, market, title, fields, heldOn, version },
    introduction: session.introduction ?? undefined,
    place: session.place ?? undefined,
    previewFrom: session.previewFrom?.toISOString(),
    previewTo: session.previewTo?.toISOString(),
    createdAt: session.createdAt.toISOString(),
  }
}

/** A lot field by field: no bidder's name, no maximum but the viewer's own, and the reserve only after the close. */
export function toLotResponse(view: LotView): LotResponse {
  const { lot, isInsider } = view
  return {
    ...catalogueOf(view),
    ...(isInsider && { relatedOrganisationIds: lot.relatedOrgIds, priorityOrganisationIds: lot.priorityOrgIds }),
    ...endOf(view),
    ...bookOf(view),
    award: awardOf(view),
    you: ownOf(view),
    previousLotId: lot.previousLotId ?? undefined,
    round: lot.round,
    version: lot.version,
    createdAt: lot.createdAt.toISOString(),
    updatedAt: lot.updatedAt.toISOString(),
  }
}

function catalogueOf({ lot, sellerName, now }: LotView) {
  const { id, sessionId, market, supplyId, title, fields, saleMode, startFen, ladder, depositFen, valuationFen } = lot
  const { valuedOn, valuedBy, requiredQualifications, reserveCommitment } = lot
  return {
    ...{ id, sessionId, market, supplyId, title, fields, saleMode, startFen, ladder: [...ladder], depositFen },
    ...{ valuationFen, valuedOn, valuedBy, requiredQualifications, reserveCommitment },
    seller: { id: lot.sellerOrgId, name: sellerName },
    state: stateAt(lot, now),
    termsDocument: lot.termsDocument ?? undefined,
    hasPriorityBuyers: lot.priorityOrgIds.length > 0,
    rulesVersion: lot.rulesVersion ?? undefined,
    rules: lot.rules ?? undefined,
    termsHash: lot.termsHash ?? undefined,
    announcedAt: lot.announcedAt?.toISOString(),
    opensAt: lot.opensAt.toISOString(),
    plannedEndsAt: lot.plannedEndsAt.toISOString(),
  }
}

function endOf({ lot }: LotView) {
  const { outcome, unsoldReason, withdrawalReason, closedAt, reserveFen, reserveSalt } = lot
  const isOpened = reserveFen !== null && reserveSalt !== null
  return {
    outcome: outcome ?? undefined,
    unsoldReason: unsoldReason ?? undefined,
    withdrawalReason: withdrawalReason ?? undefined,
    closedAt: closedAt?.toISOString(),
    ...(isOpened && { reserve: { reserveFen, salt: reserveSalt } }),
  }
}

function bookOf({ lot, book }: LotView) {
  return {
    endsAt: (book?.endsAt ?? lot.plannedEndsAt).toISOString(),
    hardEndsAt: book?.hardEndsAt.toISOString(),
    bidCount: book?.seq ?? 0,
    priceFen: book?.priceFen ?? undefined,
    leastFen: book === undefined || book.isClosed ? undefined : book.leastFen,
    leaderNumber: book?.leaderNumber ?? undefined,
  }
}

function awardOf({ award, viewerOrgId }: LotView) {
  if (award === undefined) return undefined
  const { bidderNumber, amountFen, basis, state, answerBy, orgId } = award
  return { bidderNumber, amountFen, basis, state, answerBy: answerBy.toISOString(), yours: orgId === viewerOrgId }
}

function ownOf({ own, book }: LotView) {
  if (own === undefined) return undefined
  const leads = book?.leaderId === own.id
  return {
    ...{ registrationId: own.id, bidderNumber: own.number, state: own.state, leads },
    maximumFen: leads ? (book?.leaderMaxFen ?? undefined) : undefined,
  }
}
