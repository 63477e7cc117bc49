import type { Principal } from '../../kernel/principal.ts'
import type { Account } from './user-repo.ts'

/** The actor that a user is; sessions and API keys add what they know. */
export function principalOf({ user, organisation }: Account): Principal {
  return {
    userId: user.id,
    orgId: organisation.id,
    orgKind: organisation.kind,
    market: organisation.market,
    isOrgVerified: organisation.verification === 'verified',
    role: user.role,
  }
}

/** Suspended organisations and disabled users are nobody: they neither sign in nor act. */
export function mayAct({ user, organisation }: Account): boolean {
  return !user.isDisabled && organisation.verification !== 'suspended'
}
