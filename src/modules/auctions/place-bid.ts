import type { Db } from '../../db/client.ts'
import { isUniqueViolation } from '../../db/errors.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { LiveChannel } from '../../ports/live-channel.ts'
import { type EarlierAnswer, readBidFacts } from './bid-facts-view.ts'
import { type BidAttempt, raiseMaximum, type TakenBid, takeBid } from './bid-repo.ts'
import { bidRefusal } from './domain/bid-refusal.ts'
import { lotTopic } from './lot-stream.ts'

export type PlaceBid = Omit<BidAttempt, 'orgId'>
export type PlacedBid = TakenBid & { isReplay: boolean }

/** Between the look and the statement that decides, others may have moved; then it is simply looked again. */
const maxTries = 5

/**
 * A bid of the actor's organisation. The key makes a repeat harmless without a transaction around it: the answer is a row
 * of the statement that took the bid. @throws CONFLICT_OF_INTEREST, BIDDER_NOT_ADMITTED, BIDDING_NOT_OPEN, BIDDING_CLOSED,
 * BID_OWN_LEAD, BID_BELOW_STEP, BID_COVERED, IDEMPOTENCY_KEY_REUSED, NOT_FOUND
 */
export async function placeBid(
  deps: { db: Db; live: LiveChannel },
  actor: Principal,
  input: PlaceBid,
): Promise<PlacedBid> {
  const attempt = { ...input, orgId: actor.orgId }
  for (let tries = 0; tries < maxTries; tries += 1) {
    // On a hot lot nearly all attempts end here: a price only rises, so what is too low in a look is too low for good.
    const found = await readBidFacts(deps.db, attempt)
    if (found === undefined) throw notFound('auction')
    if (found.earlier !== undefined) return replay(found.earlier, attempt)
    if (found.facts.isLeader && attempt.isMaximum) {
      const raised = await raiseMaximum(deps.db, attempt)
      if (raised !== undefined) return { ...raised, isReplay: false }
    }
    const refusal = bidRefusal(found.facts, attempt.limitFen)
    if (refusal !== undefined) throw new AppError(refusal.code, refusal.message, { details: refusal.details })
    const taken = await takeOnce(deps.db, attempt)
    if (taken !== undefined) {
      deps.live.nudge([lotTopic(input.lotId)])
      return refusingCover({ ...taken, isReplay: false })
    }
  }
  throw new AppError('UNAVAILABLE', 'Too many bids at the same moment; send the same request again.')
}

/** Two requests with one key at the same moment: the constraint lets one through, and the other finds its answer. */
async function takeOnce(db: Db, attempt: BidAttempt): Promise<TakenBid | undefined> {
  try {
    return await takeBid(db, attempt)
  } catch (error) {
    if (isUniqueViolation(error, 'auction_bid_requests__key')) return undefined
    throw error
  }
}

function replay({ limitFen, isMaximum, ...answer }: EarlierAnswer, attempt: BidAttempt): PlacedBid {
  if (limitFen !== attempt.limitFen || isMaximum !== attempt.isMaximum) {
    throw new AppError('IDEMPOTENCY_KEY_REUSED', 'This key was used for a bid of another amount.')
  }
  return refusingCover({ ...answer, isReplay: true })
}

/** The newcomer hears that it did not get the amount; that the leader's price rose is the truth of the lot all the same. */
function refusingCover(placed: PlacedBid): PlacedBid {
  if (placed.outcome !== 'covered') return placed
  const { leastFen, priceFen } = placed
  throw new AppError('BID_COVERED', `An earlier maximum bid reaches as far; the least next bid is ${leastFen} fen.`, {
    details: { leastFen, priceFen },
  })
}
