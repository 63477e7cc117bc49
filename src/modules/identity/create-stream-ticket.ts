import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import { assertInPerson } from './policy.ts'
import { insertStreamTicket } from './stream-ticket-repo.ts'
import { hashToken, newToken } from './tokens.ts'

/** Long enough to open a connection, short enough to be worthless in a log of URLs. */
const lifetimeSeconds = 30

export type IssuedTicket = { ticket: string; expiresIn: number }

/**
 * A token that opens one stream once: browsers' EventSource sends no Authorization header, and a URL is no place for an access
 * token. @throws FORBIDDEN for API keys, whose programs can send the header.
 */
export async function createStreamTicket(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { path }: { path: string },
): Promise<IssuedTicket> {
  assertInPerson(actor)
  const { sessionId } = actor
  if (sessionId === undefined) throw new AppError('FORBIDDEN', 'A ticket needs a session.')
  const ticket = newToken('ticket')
  const expiresAt = new Date(deps.clock.now().getTime() + lifetimeSeconds * 1_000)
  await insertStreamTicket(deps.db, { hash: hashToken(ticket), sessionId, path, expiresAt })
  return { ticket, expiresIn: lifetimeSeconds }
}
