import type { Tx } from '../../db/tx.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { appendEvents } from '../../outbox/append.ts'
import { keepDecision } from './decision-repo.ts'
import { matchDecided } from './events.ts'
import { getMatch, updateToDecided } from './match-repo.ts'
import type { MatchState } from './table.ts'

/**
 * Stores a broker's decision with the facts it was made on; saying the same twice changes nothing.
 * @throws ALREADY_DECIDED, NOT_FOUND, and TRANSITION_NOT_ALLOWED when a stale match is approved: a side has left.
 */
export async function markMatchDecided(
  tx: Tx,
  id: Id<'match'>,
  decision: 'approved' | 'rejected',
  at: Date,
): Promise<void> {
  const from: MatchState[] = decision === 'approved' ? ['proposed'] : ['proposed', 'stale']
  const demandId = await updateToDecided(tx, id, { to: decision, from, at })
  if (demandId === undefined) return assertSame(tx, id, decision)
  await keepDecision(tx, id)
  await appendEvents(tx, [matchDecided({ matchId: id, demandId }, at)])
}

async function assertSame(tx: Tx, id: Id<'match'>, decision: MatchState): Promise<void> {
  const { state } = await getMatch(tx, id)
  if (state === decision) return
  if (state === 'stale') throw new AppError('TRANSITION_NOT_ALLOWED', 'The match is stale: a side has left or changed.')
  throw new AppError('ALREADY_DECIDED', 'The match has been decided.', { details: { state } })
}
