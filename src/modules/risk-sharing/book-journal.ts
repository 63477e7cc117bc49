import { appendAudit } from '../../audit/append.ts'
import type { Tx } from '../../db/tx.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import { balanceOf, type Entry, type JournalKind } from './domain/ledger.ts'
import { poolBooked } from './events.ts'
import { type BookedJournal, insertJournal } from './ledger-repo.ts'
import { type RiskPool, updatePool } from './pool-repo.ts'
import type { Party } from './table.ts'

type Booking = {
  kind: JournalKind
  entries: Entry<Party>[]
  applicationId?: Id<'financeApplication'> | undefined
  reference?: string | undefined
}

/**
 * The one way in which money of a pool moves: a journal, and the pool's sums by its lines. The caller holds the pool locked,
 * and checked what may be paid; the database refuses what the caller overlooked.
 */
export async function bookJournal(
  tx: Tx,
  { pool, actor, now }: { pool: RiskPool; actor: Principal; now: Date },
  { kind, entries, applicationId, reference }: Booking,
): Promise<{ pool: RiskPool; booked: BookedJournal }> {
  const journal = {
    ...{ id: newId('poolJournal'), poolId: pool.id, kind, applicationId: applicationId ?? null },
    ...{ reference: reference ?? null, orgId: actor.orgId, userId: actor.userId, at: now },
  }
  const booked = { journal, entries }
  await insertJournal(tx, booked)
  const after = await updatePool(tx, {
    ...pool,
    cashFen: pool.cashFen + balanceOf(entries, 'cash'),
    compensatedFen: pool.compensatedFen + balanceOf(entries, 'compensated'),
    recoveredFen: pool.recoveredFen - balanceOf(entries, 'recovered'),
    updatedAt: now,
  })
  const by = { orgId: actor.orgId, userId: actor.userId, at: now }
  await appendAudit(tx, {
    ...by,
    action: 'risk_pool.booked',
    objectId: pool.id,
    facts: { kind, journalId: journal.id },
  })
  await appendEvents(tx, [poolBooked({ poolId: pool.id, journalId: journal.id, market: pool.market, kind }, now)])
  return { pool: after, booked }
}
