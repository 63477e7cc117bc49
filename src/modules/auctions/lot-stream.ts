import type { Db } from '../../db/client.ts'
import type { StreamEvent, StreamSource } from '../../http/sse/source.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Viewer } from '../../kernel/principal.ts'
import { type Bid, listBids } from './bid-repo.ts'
import { stateAt } from './domain/lot.ts'
import { type Book, databaseTime, findBook, getLot } from './lot-repo.ts'
import { assertMaySee } from './policy.ts'

/** What wakes the streams of a lot. */
export const lotTopic = (id: Id<'auction'>) => `auction ${id}`

/**
 * A lot as it is bid for. The number of an event is that of its bid: the book's lock hands them out without gaps, so whoever
 * resumes after one misses none. The close has the number after the last bid and ends the stream.
 */
export async function lotStream({ db }: { db: Db }, viewer: Viewer, id: Id<'auction'>): Promise<StreamSource> {
  const lot = await getLot(db, id)
  await assertMaySee(db, viewer, lot)
  const book = async () => (await findBook(db, id)) ?? Promise.reject(notFound('auction'))
  // A draft has no book and nothing to tell.
  await book()
  return {
    topics: [lotTopic(id)],
    sharedAs: lotTopic(id),
    greeting: async () => ({
      ...toStanding(await book()),
      state: stateAt(await getLot(db, id), await databaseTime(db)),
    }),
    extent: async () => ({ floor: 0, last: lastNumber(await book()) }),
    read: async ({ after, limit }) => {
      // The book first: what it says is closed has no bid that the second look could miss.
      const now = await book()
      const bids = await listBids(db, id, { afterSeq: after, limit })
      const events = bids.map((bid): StreamEvent => ({ id: bid.seq, event: 'bid', data: toBidEvent(bid, lot) }))
      if (!now.isClosed || bids.length >= limit) return { events }
      const end = after < lastNumber(now) ? [await closeEvent(db, id, now)] : []
      return { events: [...events, ...end], isOver: true }
    },
  }
}

function lastNumber({ seq, isClosed }: Book): number {
  return isClosed ? seq + 1 : seq
}

function toStanding({ seq, priceFen, leaderNumber, leastFen, endsAt, isClosed }: Book) {
  return {
    seq,
    priceFen: priceFen ?? undefined,
    leaderNumber: leaderNumber ?? undefined,
    leastFen: isClosed ? undefined : leastFen,
    endsAt: endsAt.toISOString(),
  }
}

/** The last bid's bidder leads, because a bid that is outbid at once is followed by the answer to it. */
function toBidEvent({ seq, bidderNumber, amountFen, kind, at, endsAt }: Bid, lot: { plannedEndsAt: Date }) {
  return {
    ...{ seq, priceFen: amountFen, leaderNumber: bidderNumber, kind, at: at.toISOString() },
    endsAt: endsAt.toISOString(),
    isExtended: endsAt > lot.plannedEndsAt,
  }
}

async function closeEvent(db: Db, id: Id<'auction'>, book: Book): Promise<StreamEvent> {
  const { outcome, unsoldReason } = await getLot(db, id)
  const data = { ...toStanding(book), outcome: outcome ?? undefined, unsoldReason: unsoldReason ?? undefined }
  return { id: lastNumber(book), event: 'closed', data }
}
