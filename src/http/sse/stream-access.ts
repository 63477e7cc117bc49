import { AppError } from '../../kernel/errors.ts'
import type { Principal, Viewer } from '../../kernel/principal.ts'
import { type Authenticate, viewerOf } from '../auth.ts'

/** What streams need to know of sign-ins; identity provides it. */
export type StreamAccess = {
  /** Whom a one-time ticket for this path admits; it is spent by asking. */
  redeem(ticket: string, path: string): Promise<Principal | undefined>
  /** The principal as it is now; undefined when its session or key has ended or it may no longer act. */
  renew(principal: Principal): Promise<Principal | undefined>
  /** Nudged when a session or key of the principal has ended. */
  topicOf(principal: Principal): string
}

/** The viewer behind the Authorization header or, without one, behind the ticket. @throws UNAUTHENTICATED (401). */
export async function viewerOfStream(
  { authorization, ticket, path }: { authorization: string | undefined; ticket: string | undefined; path: string },
  { access, authenticate }: { access: StreamAccess; authenticate: Authenticate },
): Promise<Viewer> {
  if (authorization !== undefined || ticket === undefined) return viewerOf(authorization, authenticate)
  const principal = await access.redeem(ticket, path)
  if (principal) return principal
  throw new AppError('UNAUTHENTICATED', 'The ticket is unknown, used, expired or for another stream.')
}
