import type { StateMachine } from '../../../kernel/state-machine.ts'

export const lotStates = ['draft', 'announced', 'open', 'closed', 'settled', 'defaulted'] as const
export type LotState = (typeof lotStates)[number]

export const lotOutcomes = ['sold', 'unsold', 'withdrawn'] as const
export type LotOutcome = (typeof lotOutcomes)[number]

/** Why a closed lot found no buyer. */
export const unsoldReasons = ['no_bids', 'reserve_not_met'] as const
export type UnsoldReason = (typeof unsoldReasons)[number]

export type LotAction = 'delete' | 'announce' | 'open' | 'close' | 'withdraw' | 'settle' | 'default'

/** `delete` removes a draft, so its target state is never stored; an open lot can be withdrawn until its first bid. */
export const lotLifecycle: StateMachine<LotState, LotAction> = {
  draft: { delete: 'draft', announce: 'announced' },
  announced: { open: 'open', withdraw: 'closed', close: 'closed' },
  open: { withdraw: 'closed', close: 'closed' },
  closed: { settle: 'settled', default: 'defaulted' },
  settled: {},
  defaulted: {},
}

/** What is sold: the right itself, or a licence to it. Codes of /v1/taxonomies/cooperation-modes. */
export const saleModes = ['assignment', 'exclusive_licence', 'ordinary_licence'] as const
export type SaleMode = (typeof saleModes)[number]

/** All but an ordinary licence use up what they are drawn from: one lot at a time. */
export function isExclusive(mode: SaleMode): boolean {
  return mode !== 'ordinary_licence'
}

type Timed = { state: LotState; opensAt: Date | null }

/** The state as the clock has it: an announced lot is open from its hour on, whether or not a job has noted it. */
export function stateAt({ state, opensAt }: Timed, now: Date): LotState {
  return state === 'announced' && opensAt !== null && opensAt <= now ? 'open' : state
}
