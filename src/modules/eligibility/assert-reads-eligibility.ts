import { AppError } from '../../kernel/errors.ts'
import { hasPermission } from '../../kernel/permissions.ts'
import { isSignedIn, type Principal, type Viewer } from '../../kernel/principal.ts'

/**
 * A list that is public without `eligibleFor` asks for more with it: whoever wants to know what an organisation may have signs
 * in, and an API key has the scope. @throws UNAUTHENTICATED, FORBIDDEN
 */
export function assertReadsEligibility(viewer: Viewer): Principal {
  if (!isSignedIn(viewer)) throw new AppError('UNAUTHENTICATED', 'Sign in to ask what an organisation may have.')
  if (hasPermission(viewer, 'eligibility.read')) return viewer
  throw new AppError('FORBIDDEN', 'This needs the permission eligibility.read.')
}
