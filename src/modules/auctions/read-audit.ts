import type { Db } from '../../db/client.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Viewer } from '../../kernel/principal.ts'
import type { LiveChannel } from '../../ports/live-channel.ts'
import type { Vault } from '../../ports/vault.ts'
import { listAwards } from './award-repo.ts'
import { type Bid, listBids } from './bid-repo.ts'
import type { Audit, AuditedBid } from './domain/audit.ts'
import { findBook, getLot } from './lot-repo.ts'
import { assertMaySee } from './policy.ts'
import { publishedTerms } from './published-terms.ts'
import { closeIfDue } from './read-lot.ts'

/**
 * The record by which anybody can verify a closed lot: `npm run auction:verify -- file.json`. Bidders are numbers in it, and
 * maximums are not in it. @throws AUCTION_NOT_CLOSED before the close, because it opens the reserve
 */
export async function readAudit(
  deps: { db: Db; vault: Vault; live: LiveChannel },
  viewer: Viewer,
  id: Id<'auction'>,
): Promise<Audit> {
  await closeIfDue(deps, id)
  const lot = await getLot(deps.db, id)
  await assertMaySee(deps.db, viewer, lot)
  const book = await findBook(deps.db, id)
  const { outcome, closedAt, reserveFen, reserveSalt, rules, rulesVersion, termsHash } = lot
  const isClosed = outcome !== null && closedAt !== null && reserveFen !== null && reserveSalt !== null
  if (!isClosed || book === undefined || rules === null || rulesVersion === null || termsHash === null) {
    throw new AppError('AUCTION_NOT_CLOSED', 'The record is public after the close.', { details: { state: lot.state } })
  }
  const awards = await listAwards(deps.db, id)
  return {
    format: 'queqiao-auction-audit/1',
    terms: publishedTerms(lot, rulesVersion, rules),
    ...{ termsHash, outcome, unsoldReason: lot.unsoldReason },
    closedAt: closedAt.toISOString(),
    finalEndsAt: book.endsAt.toISOString(),
    reserve: { reserveFen, salt: reserveSalt },
    bids: (await listBids(deps.db, id)).map(toAuditedBid),
    awards: awards.map(({ bidderNumber, amountFen, rank, basis, state }) => ({
      ...{ bidderNumber, amountFen, rank, basis, state },
    })),
  }
}

/** As everybody sees it: whose bid it is says the number alone. */
export function toAuditedBid(bid: Bid): AuditedBid {
  const { seq, bidderNumber, amountFen, kind, coveredNumber, at, endsAt, previousHash, hash } = bid
  return {
    ...{ seq, bidderNumber, amountFen, kind, coveredNumber, previousHash, hash },
    at: at.toISOString(),
    endsAt: endsAt.toISOString(),
  }
}
