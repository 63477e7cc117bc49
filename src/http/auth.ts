import { impossible } from '../kernel/assert.ts'
import { AppError } from '../kernel/errors.ts'
import { hasPermission, type Permission } from '../kernel/permissions.ts'
import { anonymous, isSignedIn, type Principal, type Viewer } from '../kernel/principal.ts'
import { bearerChallenge } from './bearer-challenge.ts'

/** Finds who a bearer token belongs to; identity provides it. */
export type Authenticate = (token: string) => Promise<Viewer | undefined>

/** The viewer behind the Authorization header. A token that is present but wrong is refused even on public routes. */
export async function viewerOf(header: string | undefined, authenticate: Authenticate): Promise<Viewer> {
  if (header === undefined) return anonymous
  const token = /^Bearer +([\w.~+/=-]{16,512})$/i.exec(header)?.[1]
  const viewer = token === undefined ? undefined : await authenticate(token)
  if (viewer) return viewer
  throw new AppError('UNAUTHENTICATED', 'The access token is unknown, expired or revoked.', {
    headers: { 'www-authenticate': `${bearerChallenge['www-authenticate']}, error="invalid_token"` },
  })
}

/** Default deny: 401 for a missing sign-in, 403 for a role or API key that lacks the permission. */
export function assertPermission(viewer: Viewer, permission: Permission): void {
  if (hasPermission(viewer, permission)) return
  if (!isSignedIn(viewer)) throw new AppError('UNAUTHENTICATED', 'Sign in to do this.')
  throw new AppError('FORBIDDEN', `Your role or API key does not include "${permission}".`)
}

/** The viewer of a route whose permission no anonymous caller has. */
export function actorOf(viewer: Viewer, { operationId }: { operationId: string }): Principal {
  return isSignedIn(viewer) ? viewer : impossible(`${operationId} needs a signed-in actor`)
}
