import type { z } from 'zod'
import type { depositEntriesResponse, placedBidResponse, registrationResponse } from './bid-schemas.ts'
import type { DepositEntryRow } from './deposit-repo.ts'
import type { Registration } from './registration-repo.ts'
import type { TakenBid } from './take-bid-repo.ts'

export function toPlacedBidResponse(placed: TakenBid): z.input<typeof placedBidResponse> {
  const { outcome, bidderNumber, seq, amountFen, priceFen, leastFen, endsAt, at } = placed
  const times = { endsAt: endsAt.toISOString(), at: at.toISOString() }
  return { outcome, bidderNumber, seq, amountFen, priceFen, leastFen, ...times }
}

/** For the bidder itself and the operator. */
export function toRegistrationResponse(registration: Registration): z.input<typeof registrationResponse> {
  const { id, lotId, orgId, number, state, depositFen, depositState, claimsPriority } = registration
  return {
    ...{ id, auctionId: lotId, organisationId: orgId, bidderNumber: number, state, depositFen, depositState },
    claimsPriority,
    decisionNote: registration.decisionNote ?? undefined,
    decidedAt: registration.decidedAt?.toISOString(),
    createdAt: registration.createdAt.toISOString(),
  }
}

export function toDepositEntriesResponse(entries: readonly DepositEntryRow[]): z.input<typeof depositEntriesResponse> {
  return {
    data: entries.map(({ moveId, move, account, amountFen, reference, at }) => ({
      ...{ moveId, move, account, amountFen, reference: reference ?? undefined, at: at.toISOString() },
    })),
  }
}
