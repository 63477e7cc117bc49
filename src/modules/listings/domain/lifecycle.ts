import type { StateMachine } from '../../../kernel/state-machine.ts'

export const listingStates = ['draft', 'submitted', 'returned', 'published', 'closed'] as const
export type ListingState = (typeof listingStates)[number]

export const listingOutcomes = ['contracted', 'withdrawn', 'expired', 'invalid'] as const
export type ListingOutcome = (typeof listingOutcomes)[number]

export type ListingAction =
  | 'edit'
  | 'delete'
  | 'submit'
  | 'publish'
  | 'return'
  | 'renew'
  | 'withdraw'
  | 'close'
  | 'expire'
  | 'reassess'

/** One lifecycle for all three kinds (DESIGN §6). `delete` removes a draft, so its target state is never stored. */
export const listingLifecycle: StateMachine<ListingState, ListingAction> = {
  draft: { edit: 'draft', delete: 'draft', submit: 'submitted' },
  submitted: { edit: 'submitted', publish: 'published', return: 'returned', withdraw: 'closed' },
  returned: { edit: 'returned', submit: 'submitted', withdraw: 'closed' },
  published: {
    edit: 'published',
    return: 'returned',
    renew: 'published',
    withdraw: 'closed',
    close: 'closed',
    expire: 'closed',
    reassess: 'published',
  },
  closed: {},
}

/** How long a published listing stays valid when its owner names no day. */
export const defaultValidityDays = 365
