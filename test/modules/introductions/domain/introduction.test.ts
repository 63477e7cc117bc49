import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allowedActions, canMove, move } from '../../../../src/kernel/state-machine.ts'
import {
  type Answer,
  type Answers,
  actionOf,
  type IntroductionState,
  introductionMachine,
  introductionStates,
  isMutual,
  type Side,
  sides,
} from '../../../../src/modules/introductions/domain/introduction.ts'

describe('the machine of introductions', () => {
  it('reaches contact through a common yes alone', () => {
    const into = introductionStates.flatMap((from) =>
      allowedActions(introductionMachine, from)
        .filter((action) => from !== 'accepted' && move(introductionMachine, from, action) === 'accepted')
        .map((action) => [from, action]),
    )
    expect(into).toEqual([['asked', 'agree']])
    expect(introductionStates.filter((state) => isMutual({ state }))).toEqual(['accepted', 'in_contact'])
  })

  it('has two ends, out of which nothing leads', () => {
    const ends = introductionStates.filter((state) => allowedActions(introductionMachine, state).length === 0)
    expect(ends).toEqual(['declined', 'closed'])
  })
})

describe('answers in any order', () => {
  const said = fc.array(fc.tuple(fc.constantFrom(...sides), fc.constantFrom<Answer>('accept', 'decline')), {
    maxLength: 6,
  })

  it('bring both in contact exactly when each side has said yes and nobody has said no before', () => {
    fc.assert(
      fc.property(said, (answers) => {
        const { state, given } = answers.reduce(hear, { state: 'asked', given: { demand: null, supply: null } })
        const bothAccepted = given.demand === 'accept' && given.supply === 'accept'
        const anyDeclined = given.demand === 'decline' || given.supply === 'decline'
        expect(state).toBe(bothAccepted ? 'accepted' : anyDeclined ? 'declined' : 'asked')
      }),
    )
  })
})

type Hearing = { state: IntroductionState; given: Answers }

/** As the use case does it: what is said after the end is refused. */
function hear({ state, given }: Hearing, [side, answer]: [Side, Answer]): Hearing {
  const action = actionOf(side, answer, given)
  if (!canMove(introductionMachine, state, action ?? 'agree')) return { state, given }
  return {
    state: action === undefined ? state : move(introductionMachine, state, action),
    given: { ...given, [side]: answer },
  }
}
