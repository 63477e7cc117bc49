import type { PublishedTerms } from './domain/chain.ts'
import type { AuctionRules } from './domain/rules.ts'
import type { Lot } from './lot-repo.ts'

const hourMs = 3_600_000

/** What the announcement fixes for good, under these rules. */
export function publishedTerms(lot: Lot, rulesVersion: string, rules: AuctionRules): PublishedTerms {
  const { id, sessionId, supplyId, saleMode, startFen, depositFen, ladder, reserveCommitment, opensAt, plannedEndsAt } =
    lot
  return {
    ...{ lotId: id, sessionId, supplyId, saleMode, rulesVersion, startFen, depositFen, ladder, reserveCommitment },
    opensAt: opensAt.toISOString(),
    endsAt: plannedEndsAt.toISOString(),
    hardEndsAt: new Date(plannedEndsAt.getTime() + rules.extensionCapHours * hourMs).toISOString(),
    softCloseMs: rules.softCloseMinutes * 60_000,
  }
}
