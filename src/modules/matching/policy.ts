import type { Principal } from '../../kernel/principal.ts'
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
