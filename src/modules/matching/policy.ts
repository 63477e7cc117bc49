import type { Principal } from '../../kernel/principal.ts'
import type { Listing } from '../listings/index.ts'
import type { Match } from './match-repo.ts'

/** Markets whose demands are the viewer's work: those of brokers and operators, and their branches. */
export type Desk = readonly string[]

export function hasDesk({ role }: Principal): boolean {
  return role === 'broker' || role === 'operator'
}

/** Either side sees its match; brokers and operators see those of their markets' demands. */
export function maySeeMatch(
  actor: Principal,
  match: Pick<Match, 'demandOrgId' | 'supplyOrgId' | 'market'>,
  desk: Desk,
): boolean {
  return [match.demandOrgId, match.supplyOrgId].includes(actor.orgId) || desk.includes(match.market)
}

/**
 * Who may ask what would help a listing: its owner, always; brokers and operators of its market once it is published, operators
 * as soon as it is submitted.
 */
export function mayAdvise(actor: Principal, listing: Pick<Listing, 'orgId' | 'market' | 'state'>, desk: Desk): boolean {
  if (listing.orgId === actor.orgId) return true
  if (!desk.includes(listing.market)) return false
  return listing.state === 'published' || (actor.role === 'operator' && listing.state !== 'draft')
}
