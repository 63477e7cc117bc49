import type { Tx } from '../../db/tx.ts'
import type { DomainEvent } from '../../kernel/domain-event.ts'
import type { Id } from '../../kernel/ids.ts'
import { appendEvents } from '../../outbox/append.ts'
import { matchesProposed, matchesWithdrawn, maxMatchesPerEvent } from './events.ts'
import { lockMatchesOf, type Side, updateToStale } from './match-repo.ts'

/** Makes all undecided matches of a listing stale; what a broker decided stays. */
export async function withdrawMatches(tx: Tx, side: Side, now: Date): Promise<void> {
  const open = (await lockMatchesOf(tx, side)).filter(({ state }) => state === 'proposed')
  const ids = await updateToStale(
    tx,
    open.map(({ id }) => id),
    now,
  )
  await appendEvents(tx, withdrawnEvents(ids, now))
}

export function withdrawnEvents(ids: readonly Id<'match'>[], now: Date): DomainEvent[] {
  return batches(ids).map((matchIds) => matchesWithdrawn({ matchIds }, now))
}

export function proposedEvents(listingId: Side, ids: readonly Id<'match'>[], now: Date): DomainEvent[] {
  return batches(ids).map((matchIds) => matchesProposed({ listingId, matchIds }, now))
}

function batches(ids: readonly Id<'match'>[]): Id<'match'>[][] {
  const starts = Array.from({ length: Math.ceil(ids.length / maxMatchesPerEvent) }, (_, i) => i * maxMatchesPerEvent)
  return starts.map((start) => ids.slice(start, start + maxMatchesPerEvent))
}
