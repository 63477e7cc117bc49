import type { Audit, AuditedAward, AuditedBid } from './audit.ts'
import { bidText, reserveText, type Sha256, termsText } from './chain.ts'
import { leastBid } from './ladder.ts'
import { endAfterBid } from './soft-close.ts'

/** A rule that the record breaks; `seq` names the bid. */
export type Finding = { rule: string; seq?: number; message: string }

/**
 * Judges a closed lot by its record alone: terms, opening of the reserve, chain, steps, times, extensions and award. No
 * finding means that every amount, time and winner follows from the rules that were announced.
 */
export function verifyAudit(audit: Audit, sha256: Sha256): Finding[] {
  return [
    ...termsFindings(audit, sha256),
    ...audit.bids.flatMap((bid, i) => bidFindings(audit, bid, audit.bids[i - 1], sha256)),
    ...closeFindings(audit),
    ...awardFindings(audit),
  ]
}

function termsFindings({ terms, termsHash, reserve }: Audit, sha256: Sha256): Finding[] {
  const commitment = sha256(reserveText(reserve.reserveFen, reserve.salt))
  return found([
    [sha256(termsText(terms)) === termsHash, 'terms_hash', 'the hash of the terms is another'],
    [commitment === terms.reserveCommitment, 'reserve_opening', 'the reserve is not the one committed to'],
  ])
}

function bidFindings(audit: Audit, bid: AuditedBid, before: AuditedBid | undefined, sha256: Sha256): Finding[] {
  const { terms } = audit
  const at = Date.parse(bid.at)
  const endBefore = Date.parse(before?.endsAt ?? terms.endsAt)
  const timing = { endsAt: endBefore, hardEndsAt: Date.parse(terms.hardEndsAt), softCloseMs: terms.softCloseMs }
  const isSameBidder = before !== undefined && before.bidderNumber === bid.bidderNumber
  return found(
    [
      [bid.seq === (before?.seq ?? 0) + 1, 'sequence', 'the number does not follow the one before'],
      [bid.previousHash === (before?.hash ?? audit.termsHash), 'chain', 'it does not refer to the bid before'],
      [sha256(bidText(bid.previousHash, bid)) === bid.hash, 'hash', 'its content is not what the hash was taken of'],
      [bid.amountFen >= leastBid(terms, before?.amountFen ?? null), 'step', 'it is below the least next bid'],
      // A leader bids above itself only where its maximum takes the amount of somebody who came later.
      [!isSameBidder || bid.coveredNumber !== null, 'own_lead', 'the leader outbids itself'],
      [bid.coveredNumber === null || (isSameBidder && bid.kind === 'automatic'), 'cover', 'only a leader covers'],
      [at >= Date.parse(before?.at ?? terms.opensAt), 'time_order', 'it is earlier than the opening or the bid before'],
      [at < endBefore, 'after_end', 'it came after the end'],
      [Date.parse(bid.endsAt) === endAfterBid(timing, at), 'extension', 'the end after it is not what the rules say'],
    ],
    bid.seq,
  )
}

function closeFindings({ terms, bids, finalEndsAt, closedAt, outcome }: Audit): Finding[] {
  const end = bids.at(-1)?.endsAt ?? terms.endsAt
  const isEarly = outcome === 'withdrawn'
  return found([
    [finalEndsAt === end, 'final_end', 'the final end is not that of the last bid'],
    [isEarly || Date.parse(closedAt) >= Date.parse(end), 'early_close', 'it was closed before its end'],
  ])
}

function awardFindings(audit: Audit): Finding[] {
  const { bids, reserve, outcome, unsoldReason, awards } = audit
  const last = bids.at(-1)
  const expected = last === undefined ? 'no_bids' : last.amountFen < reserve.reserveFen ? 'reserve_not_met' : null
  const [first] = awards
  if (outcome === 'withdrawn') {
    return found([[last === undefined && first === undefined, 'withdrawn_with_bids', 'it had bids and was withdrawn']])
  }
  return found([
    [(outcome === 'sold') === (expected === null), 'outcome', 'sold or unsold does not follow from bids and reserve'],
    [unsoldReason === expected, 'unsold_reason', 'the reason does not follow from bids and reserve'],
    [
      expected !== null || (first?.bidderNumber === last?.bidderNumber && first?.amountFen === last?.amountFen),
      'award',
      'the first award is not the highest bid',
    ],
    [expected === null || first === undefined, 'award_unsold', 'there is an award without a sale'],
    ...awards
      .slice(1)
      .map((award, i): Check => [isGrounded(audit, award, awards[i]), 'later_award', 'a later award has no ground']),
    [awards.filter(isStanding).length <= 1, 'double_award', 'more than one award stands'],
  ])
}

/** A priority buyer takes the lot at its price; an offer after a default goes to the best other bidder at its own amount. */
function isGrounded({ bids, reserve }: Audit, award: AuditedAward, before: AuditedAward | undefined): boolean {
  if (award.basis === 'priority') return award.amountFen === bids.at(-1)?.amountFen
  const best = bids.findLast(({ bidderNumber }) => bidderNumber !== before?.bidderNumber)
  const isReached = award.amountFen >= reserve.reserveFen && before?.state === 'defaulted'
  return isReached && best?.bidderNumber === award.bidderNumber && best.amountFen === award.amountFen
}

function isStanding({ state }: AuditedAward): boolean {
  return state === 'accepted' || state === 'offered' || state === 'settled'
}

type Check = [isMet: boolean, rule: string, message: string]

function found(checks: readonly Check[], seq?: number): Finding[] {
  return checks.flatMap(([isMet, rule, message]) =>
    isMet ? [] : [{ rule, message, ...(seq !== undefined && { seq }) }],
  )
}
