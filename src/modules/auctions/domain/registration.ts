import type { Id } from '../../../kernel/ids.ts'
import type { StateMachine } from '../../../kernel/state-machine.ts'

export const registrationStates = ['pending', 'admitted', 'refused', 'excluded', 'withdrawn'] as const
export type RegistrationState = (typeof registrationStates)[number]

export type RegistrationAction = 'admit' | 'refuse' | 'exclude' | 'withdraw'

/** An admitted bidder stays in until the operator excludes it: a bid is binding. */
export const registrationLifecycle: StateMachine<RegistrationState, RegistrationAction> = {
  pending: { admit: 'admitted', refuse: 'refused', withdraw: 'withdrawn' },
  admitted: { exclude: 'excluded' },
  refused: {},
  excluded: {},
  withdrawn: {},
}

type Org = Id<'organisation'>
/** `relatedOrgIds`: as each side declares them. */
export type Sides = {
  lot: { sellerOrgId: Org; relatedOrgIds: readonly Org[]; market: string }
  bidder: { orgId: Org; relatedOrgIds: readonly Org[]; isOperator: boolean }
}

export type Conflict = 'seller' | 'related_by_seller' | 'related_by_bidder' | 'operator'

/** Why an organisation may not bid: it sells, it runs the auction, or one side declares the two related (拍卖法, art. 22, 30). */
export function conflictOf({ lot, bidder }: Sides): Conflict | undefined {
  if (lot.sellerOrgId === bidder.orgId) return 'seller'
  if (bidder.isOperator) return 'operator'
  if (lot.relatedOrgIds.includes(bidder.orgId)) return 'related_by_seller'
  return bidder.relatedOrgIds.includes(lot.sellerOrgId) ? 'related_by_bidder' : undefined
}
