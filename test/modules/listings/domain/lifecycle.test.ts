import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canMove, move } from '../../../../src/kernel/state-machine.ts'
import {
  type ListingAction,
  type ListingState,
  listingLifecycle,
  listingStates,
} from '../../../../src/modules/listings/domain/lifecycle.ts'

const actions: ListingAction[] = [
  ...(['edit', 'delete', 'submit', 'publish', 'return'] as const),
  ...(['renew', 'withdraw', 'close', 'expire', 'reassess'] as const),
]

/** State × action → next state; '' where the machine refuses. */
const table: Record<ListingState, (ListingState | '')[]> = {
  draft: ['draft', 'draft', 'submitted', '', '', '', '', '', '', ''],
  submitted: ['submitted', '', '', 'published', 'returned', '', 'closed', '', '', ''],
  returned: ['returned', '', 'submitted', '', '', '', 'closed', '', '', ''],
  published: ['published', '', '', '', 'returned', 'published', 'closed', 'closed', 'closed', 'published'],
  closed: ['', '', '', '', '', '', '', '', '', ''],
}
const cells = listingStates.flatMap((state) =>
  actions.map((action, index) => [state, action, table[state][index] ?? ''] as const),
)

describe('the lifecycle of a listing', () => {
  it.each(cells.filter(([, , to]) => to !== ''))('%s: %s leads to %s', (from, action, to) => {
    expect(move(listingLifecycle, from, action)).toBe(to)
  })

  it.each(cells.filter(([, , to]) => to === ''))('%s: %s is refused with what is possible', (from, action) => {
    const allowedActions = cells.filter(([state, , to]) => state === from && to !== '').map(([, name]) => name)
    expect(() => move(listingLifecycle, from, action)).toThrowError(
      expect.objectContaining({ code: 'TRANSITION_NOT_ALLOWED', details: { state: from, allowedActions } }),
    )
  })

  it('never leaves its states, whatever is tried, and nothing follows closed', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...actions), { maxLength: 40 }), (tried) => {
        const path: ListingState[] = ['draft']
        for (const action of tried) {
          const state = path.at(-1) ?? 'draft'
          if (canMove(listingLifecycle, state, action)) path.push(move(listingLifecycle, state, action))
        }
        expect(path.every((state) => listingStates.includes(state))).toBe(true)
        expect(path.indexOf('closed') === -1 || path.indexOf('closed') === path.length - 1).toBe(true)
      }),
    )
  })

  it('reaches publication only through submission', () => {
    const before = listingStates.filter((state) => Object.values(listingLifecycle[state]).includes('published'))
    expect(before).toEqual(['submitted', 'published'])
  })
})
