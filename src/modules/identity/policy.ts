import { AppError, notFound } from '../../kernel/errors.ts'
import type { Role } from '../../kernel/permissions.ts'
import type { OrganisationKind, Principal } from '../../kernel/principal.ts'

type Target = { id: string; kind: OrganisationKind }

/** How somebody stands to an organisation. */
export type Relation = {
  isOwn: boolean
  /** Operator of the organisation's market or of a market above it. */
  isOperator: boolean
}

/** @param ancestors the organisation's market and all markets above it. */
export function relationOf(actor: Principal, target: Target, ancestors: readonly string[]): Relation {
  return {
    isOwn: actor.orgId === target.id,
    isOperator: actor.role === 'operator' && ancestors.includes(actor.market),
  }
}

/** The whole entry, contact persons and unverified claims; everybody else sees the public profile. */
export function maySeeAll({ isOwn, isOperator }: Relation): boolean {
  return isOwn || isOperator
}

/** The owner speaks for the organisation; a market operator's organisation has operators instead. */
export function maySpeakFor(actor: Principal, { isOwn }: Relation): boolean {
  return isOwn && (actor.role === 'owner' || actor.role === 'operator')
}

/**
 * Owners add owners and members to their own organisation. Operators appoint brokers to a broker firm of their market tree
 * or to their own organisation, and operators to their own. Nobody else makes either.
 */
export function mayAddUser(actor: Principal, relation: Relation, target: Target, role: Role): boolean {
  if (role === 'owner' || role === 'member') return relation.isOwn && actor.role === 'owner'
  if (!relation.isOperator) return false
  return relation.isOwn || (role === 'broker' && target.kind === 'broker_firm')
}

/** Refuses with 403 who may see the organisation in full, and with 404 everybody else. */
export function assertAllowed(isAllowed: boolean, relation: Relation): void {
  if (isAllowed) return
  if (maySeeAll(relation)) throw new AppError('FORBIDDEN', 'Your role in this organisation does not include this.')
  throw notFound('organisation')
}

/** Keeps API keys from what would let a stolen key outlive its revocation, such as adding users. */
export function assertInPerson(actor: Principal): void {
  if (actor.scopes === undefined) return
  throw new AppError('FORBIDDEN', 'An API key cannot do this; sign in as a user.')
}
