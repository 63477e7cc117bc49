import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { afterCommit, type Tx, withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { move } from '../../kernel/state-machine.ts'
import { appendEvents } from '../../outbox/append.ts'
import type { LiveChannel } from '../../ports/live-channel.ts'
import type { Vault } from '../../ports/vault.ts'
import { findListing } from '../listings/index.ts'
import { lotLifecycle } from './domain/lot.ts'
import { lotClosed } from './events.ts'
import { closeBook, type Lot, listOpenLotsOfSupply, lockBook, lockLot, updateLot } from './lot-repo.ts'
import { lotTopic } from './lot-stream.ts'
import { assertOperatorOf } from './policy.ts'
import { returnDeposits } from './return-deposits.ts'
import { revealedReserve } from './reveal-reserve.ts'

type Deps = { db: Db; clock: Clock; vault: Vault; live: LiveChannel }

/** Takes an announced lot back, by the operator and before its first bid: a bid binds both sides. Deposits go back. */
export function withdrawLot(
  deps: Deps,
  actor: Principal,
  { id, reason }: { id: Id<'auction'>; reason: string },
): Promise<Lot> {
  return withTx(deps.db, async (tx) => {
    const held = await holdLot(tx, id)
    await assertOperatorOf(tx, actor, held.lot.market)
    move(lotLifecycle, held.lot.state, 'withdraw')
    if (held.hasBids) {
      throw new AppError('TRANSITION_NOT_ALLOWED', 'The lot has bids; it ends by its close.', {
        details: { state: 'open', allowedActions: ['close'] },
      })
    }
    return withdrawHeld(tx, deps, held, { reason, actor })
  })
}

/**
 * A supply has left the market: what was announced of it and has no bid yet goes with it. A lot with bids goes on, because
 * they bind; a draft stays and cannot be announced. A supply that is back by now changes nothing.
 */
export async function withdrawLotsOfSupply(deps: Deps, { supplyId }: { supplyId: Id<'supply'> }): Promise<undefined> {
  if ((await findListing(deps.db, supplyId))?.state === 'published') return
  for (const id of await listOpenLotsOfSupply(deps.db, supplyId)) {
    await withTx(deps.db, async (tx) => {
      const held = await holdLot(tx, id)
      const isFree = held.lot.state === 'announced' || held.lot.state === 'open'
      if (isFree && !held.hasBids) await withdrawHeld(tx, deps, held, { reason: '标的信息已下架' })
    })
  }
}

type Held = { lot: Lot; hasBids: boolean; databaseNow: Date | undefined }

/** The book comes first, as for whoever bids or closes. */
async function holdLot(tx: Tx, id: Id<'auction'>): Promise<Held> {
  const held = await lockBook(tx, id)
  const lot = await lockLot(tx, id)
  return { lot, hasBids: held !== undefined && held.book.seq > 0, databaseNow: held?.databaseNow }
}

async function withdrawHeld(
  tx: Tx,
  { clock, vault, live }: Omit<Deps, 'db'>,
  { lot, databaseNow }: Held,
  { reason, actor }: { reason: string; actor?: Principal },
): Promise<Lot> {
  const now = clock.now()
  const { id } = lot
  const state = move(lotLifecycle, lot.state, 'withdraw')
  await closeBook(tx, id)
  const withdrawn = await updateLot(tx, id, {
    ...{ state, outcome: 'withdrawn', withdrawalReason: reason, closedAt: databaseNow ?? now, updatedAt: now },
    ...revealedReserve(vault, lot),
  })
  await returnDeposits(tx, id, { movedBy: actor?.userId, at: now })
  await appendEvents(tx, [lotClosed({ lotId: id, outcome: 'withdrawn' }, now)])
  const by = actor && { orgId: actor.orgId, userId: actor.userId }
  await appendAudit(tx, { ...by, action: 'auction.withdrawn', objectId: id, facts: { reason }, at: now })
  afterCommit(tx, () => live.nudge([lotTopic(id)]))
  return withdrawn
}
