import { describe, expect, it } from 'vitest'
import { AppError } from '../../src/kernel/errors.ts'
import { allowedActions, canMove, move, type StateMachine } from '../../src/kernel/state-machine.ts'

type State = 'draft' | 'open' | 'closed'
type Action = 'publish' | 'close' | 'reopen'

const machine: StateMachine<State, Action> = {
  draft: { publish: 'open' },
  open: { close: 'closed' },
  closed: { reopen: 'open' },
}
const states: State[] = ['draft', 'open', 'closed']
const actions: Action[] = ['publish', 'close', 'reopen']

describe('a state machine', () => {
  it('moves where its table says', () => {
    expect(move(machine, 'draft', 'publish')).toBe('open')
    expect(move(machine, 'closed', 'reopen')).toBe('open')
  })

  it('refuses every move that is not in its table, with the ones that are', () => {
    const refused = states.flatMap((from) =>
      actions.filter((action) => !canMove(machine, from, action)).map((action) => [from, action] as const),
    )
    expect(refused).toHaveLength(6)
    for (const [from, action] of refused) {
      expect(() => move(machine, from, action)).toThrow(
        expect.objectContaining({
          code: 'TRANSITION_NOT_ALLOWED',
          details: { state: from, allowedActions: allowedActions(machine, from) },
        }),
      )
    }
  })

  it('lists the actions of a state', () => {
    expect(states.map((state) => allowedActions(machine, state))).toEqual([['publish'], ['close'], ['reopen']])
  })

  it('does not take names of Object.prototype for actions', () => {
    const action = 'constructor' as Action
    expect(canMove(machine, 'draft', action)).toBe(false)
    expect(() => move(machine, 'draft', action)).toThrow(AppError)
  })
})
