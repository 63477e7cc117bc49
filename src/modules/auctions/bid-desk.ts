import type { Db } from '../../db/client.ts'
import { isUniqueViolation } from '../../db/errors.ts'
import { impossible } from '../../kernel/assert.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { type BidLook, type EarlierAnswer, readBidFacts } from './bid-facts-view.ts'
import { bidRefusal } from './domain/bid-refusal.ts'
import { type BidAttempt, raiseMaximum, type TakenBid, takeBid } from './take-bid-repo.ts'

export type JudgedBid = { taken: TakenBid } | { earlier: EarlierAnswer }

type Waiting = {
  attempt: BidAttempt
  /** How often somebody in another process came between the look and the statement that decides. */
  misses: number
  resolve(judged: JudgedBid): void
  reject(error: unknown): void
}

const mostMisses = 5
/** Bounds how long a look takes; a hundred attempts cost about as much as four single looks. */
const mostInOneLook = 100

type Desk = { db: Db; lotId: Id<'auction'>; waiting: Waiting[] }

/** The desks that are open, for each pool: those of a process never mix two databases. */
const openDesks = new WeakMap<Db, Map<Id<'auction'>, Desk>>()

/**
 * Judges attempts in the order in which they reach this process, one lot at a time: all that wait share one look, which
 * refuses the hopeless, and only the first that may succeed goes to the statement that decides. So a hot lot costs the
 * database two statements for each bid, however many attempts there are, and its writers do not queue for the row.
 *
 * Nothing is decided here: refusals rest on a look of the same moment and hold for good, because a price only rises and a
 * close is final; everything else is decided by the database alone, between any number of processes.
 * @throws what bidRefusal names, NOT_FOUND, UNAVAILABLE
 */
export function judgeBid(db: Db, attempt: BidAttempt): Promise<JudgedBid> {
  const { lotId } = attempt
  const desks = openDesks.get(db) ?? new Map<Id<'auction'>, Desk>()
  openDesks.set(db, desks)
  return new Promise((resolve, reject) => {
    const newcomer = { attempt, misses: 0, resolve, reject }
    const open = desks.get(lotId)
    if (open !== undefined) {
      open.waiting.push(newcomer)
      return
    }
    const desk = { db, lotId, waiting: [newcomer] }
    desks.set(lotId, desk)
    void serve(desk, () => desks.delete(lotId))
  })
}

/** Never rejects: a failure is the answer to those whom it concerns. Closes in the very turn in which nobody waits any more. */
async function serve(desk: Desk, close: () => void): Promise<void> {
  while (desk.waiting.length > 0) {
    const batch = desk.waiting.splice(0, mostInOneLook)
    try {
      desk.waiting.unshift(...(await settle(desk, batch)))
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }
  close()
}

/** @returns those who have to be looked at again, in their order. */
async function settle({ db, lotId }: Desk, batch: readonly Waiting[]): Promise<Waiting[]> {
  const attempts = batch.map(({ attempt }) => attempt)
  const looks = await readBidFacts(db, lotId, attempts)
  if (looks === undefined) throw notFound('auction')
  const looked = batch.map((waiting, i) => ({ waiting, look: looks[i] ?? impossible('each attempt gets its look') }))
  const [first, ...others] = looked.filter(({ waiting, look }) => !isAnswered(waiting, look))
  if (first === undefined) return []
  const again = others.map(({ waiting }) => waiting)
  return (await isDecided(db, first)) ? again : [{ ...first.waiting, misses: first.waiting.misses + 1 }, ...again]
}

/** Answers what the look answers. */
function isAnswered({ attempt, misses, resolve, reject }: Waiting, { facts, earlier }: BidLook): boolean {
  if (earlier !== undefined) {
    resolve({ earlier })
    return true
  }
  const refusal = bidRefusal(facts, attempt)
  if (refusal === undefined) return false
  // A bid that is not yet committed may extend the end: whoever seems late asks once under the lock.
  if (refusal.code === 'BIDDING_CLOSED' && !facts.isClosed && misses === 0) return false
  reject(new AppError(refusal.code, refusal.message, { details: refusal.details }))
  return true
}

/** Lets the database decide. @returns false when the row was no longer as it was in the look. */
async function isDecided(db: Db, { waiting, look }: { waiting: Waiting; look: BidLook }): Promise<boolean> {
  const { attempt, misses, resolve, reject } = waiting
  try {
    const taken = await takeOnce(db, attempt, look)
    if (taken === undefined && misses < mostMisses) return false
    if (taken === undefined) throw new AppError('UNAVAILABLE', 'Too many bids at once; send the same request again.')
    resolve({ taken })
  } catch (error) {
    reject(error)
  }
  return true
}

/** Two processes with one key at the same moment: the constraint lets one through, and the other finds its answer. */
async function takeOnce(db: Db, attempt: BidAttempt, { facts }: BidLook): Promise<TakenBid | undefined> {
  try {
    return await (facts.isLeader ? raiseMaximum : takeBid)(db, attempt)
  } catch (error) {
    if (isUniqueViolation(error, 'auction_bid_requests__key')) return undefined
    throw error
  }
}
