import type { Db } from '../../db/client.ts'
import { afterCommit, type Tx, withTx } from '../../db/tx.ts'
import { impossible } from '../../kernel/assert.ts'
import { addDays } from '../../kernel/clock.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import { move } from '../../kernel/state-machine.ts'
import { appendEvents } from '../../outbox/append.ts'
import type { LiveChannel } from '../../ports/live-channel.ts'
import type { Vault } from '../../ports/vault.ts'
import { announceAward } from './announce-award.ts'
import { type Award, insertAward } from './award-repo.ts'
import { lotLifecycle } from './domain/lot.ts'
import { outcomeOf } from './domain/outcome.ts'
import { lotClosed } from './events.ts'
import { openReserve } from './hashing.ts'
import { type Book, closeBook, type Lot, lockBook, lockLot, updateLot } from './lot-repo.ts'
import { lotTopic } from './lot-stream.ts'
import { getRegistration, listPriorityRegistrations } from './registration-repo.ts'
import { returnDeposits } from './return-deposits.ts'

type Deps = { db: Db; vault: Vault; live: LiveChannel }

/**
 * Ends bidding when the book's end has passed by the database's clock: opens the reserve, awards or leaves unsold, returns
 * the losers' deposits, announces, all in one transaction under the lock that bids take (AUC-4). Closing again changes
 * nothing, whoever comes: job, sweeper or reader. @returns how long to wait where the end has not come, in ms.
 */
export function closeLot(deps: Deps, { lotId }: { lotId: Id<'auction'> }): Promise<{ waitMs: number } | undefined> {
  return withTx(deps.db, async (tx) => {
    const held = await lockBook(tx, lotId)
    if (held === undefined || held.book.isClosed) return undefined
    const { book, databaseNow } = held
    const waitMs = book.endsAt.getTime() - databaseNow.getTime()
    if (waitMs > 0) return { waitMs }
    await closeHeld(tx, deps.vault, { book, closedAt: databaseNow })
    afterCommit(tx, () => deps.live.nudge([lotTopic(lotId)]))
    return undefined
  })
}

async function closeHeld(tx: Tx, vault: Vault, { book, closedAt }: { book: Book; closedAt: Date }): Promise<void> {
  const lot = await lockLot(tx, book.lotId)
  const { reserveFen, salt } = openReserve(vault, lot.id, lot.reserveBox)
  const { outcome, unsoldReason } = outcomeOf(book.priceFen, reserveFen)
  await closeBook(tx, lot.id)
  const closed = await updateLot(tx, lot.id, {
    ...{ state: move(lotLifecycle, lot.state, 'close'), outcome, unsoldReason, closedAt, updatedAt: closedAt },
    ...{ reserveFen, reserveSalt: salt },
  })
  await appendEvents(tx, [lotClosed({ lotId: lot.id, outcome }, closedAt)])
  const keep = outcome === 'sold' ? await buyersOf(tx, await awardLeader(tx, closed, book)) : []
  await returnDeposits(tx, lot.id, { keep, at: closedAt })
}

/** The winner, and the priority buyers who may still take its place: their deposits stay until that is decided. */
async function buyersOf(tx: Tx, { lotId, registrationId }: Award): Promise<Id<'auctionRegistration'>[]> {
  const others = await listPriorityRegistrations(tx, lotId, registrationId)
  return [registrationId, ...others.map(({ id }) => id)]
}

async function awardLeader(tx: Tx, lot: Lot, book: Book): Promise<Award> {
  const { leaderId, priceFen } = book
  const closedAt = lot.closedAt ?? impossible(`${lot.id} was closed without a time`)
  if (leaderId === null || priceFen === null || lot.rules === null) return impossible(`${lot.id} was sold to nobody`)
  const leader = await getRegistration(tx, leaderId)
  const award = await insertAward(tx, {
    ...{ id: newId('auctionAward'), lotId: lot.id, registrationId: leader.id, orgId: leader.orgId },
    ...{ bidderNumber: leader.number, amountFen: priceFen, rank: 1, basis: 'bidding', state: 'accepted' },
    ...{ answerBy: addDays(closedAt, lot.rules.settlementDays), createdAt: closedAt, updatedAt: closedAt },
  })
  await announceAward(tx, lot, award, closedAt)
  return award
}
