import type { Db } from '../../db/client.ts'
import { AppError } from '../../kernel/errors.ts'
import { passFaultPoint } from '../../kernel/fault-points.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { LiveChannel } from '../../ports/live-channel.ts'
import { judgeBid } from './bid-desk.ts'
import type { EarlierAnswer } from './bid-facts-view.ts'
import { lotTopic } from './lot-stream.ts'
import type { BidAttempt, TakenBid } from './take-bid-repo.ts'

export type PlaceBid = Omit<BidAttempt, 'orgId'>
export type PlacedBid = TakenBid & { isReplay: boolean }

/**
 * A bid of the actor's organisation. The key makes a repeat harmless without a transaction around it: the answer is a row
 * of the statement that took the bid. @throws CONFLICT_OF_INTEREST, BIDDER_NOT_ADMITTED, BIDDING_NOT_OPEN, BIDDING_CLOSED,
 * BID_OWN_LEAD, BID_BELOW_STEP, BID_COVERED, IDEMPOTENCY_KEY_REUSED, NOT_FOUND, UNAVAILABLE
 */
export async function placeBid(
  deps: { db: Db; live: LiveChannel },
  actor: Principal,
  input: PlaceBid,
): Promise<PlacedBid> {
  const attempt = { ...input, orgId: actor.orgId }
  const judged = await judgeBid(deps.db, attempt)
  if ('earlier' in judged) return replay(judged.earlier, attempt)
  passFaultPoint('bid.taken')
  deps.live.nudge([lotTopic(input.lotId)])
  return refusingCover({ ...judged.taken, isReplay: false })
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
