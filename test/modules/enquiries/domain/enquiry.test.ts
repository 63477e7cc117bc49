import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canMove, move } from '../../../../src/kernel/state-machine.ts'
import {
  type EnquirySide,
  type EnquiryState,
  enquiryMachine,
  enquirySides,
  mayAct,
} from '../../../../src/modules/enquiries/domain/enquiry.ts'

const today = '2026-03-02'
const latest = (side: EnquirySide, validUntil = today) => ({ latest: { side, validUntil }, today })

describe('the sides of a negotiation', () => {
  it('take turns as a market expects', () => {
    expect(mayAct('seller', 'quote', { latest: undefined, today })).toBe(true)
    expect(mayAct('buyer', 'quote', { latest: undefined, today })).toBe(false)
    expect(mayAct('buyer', 'quote', latest('seller'))).toBe(true)
    expect(mayAct('buyer', 'accept', latest('seller'))).toBe(true)
    expect(mayAct('seller', 'accept', latest('seller'))).toBe(false)
    expect(mayAct('buyer', 'accept', latest('seller', '2026-03-01'))).toBe(false)
    expect([mayAct('buyer', 'withdraw', latest('seller')), mayAct('seller', 'withdraw', latest('seller'))]).toEqual([
      ...[true, false],
    ])
  })

  it('agree on nothing but the newest quote of the other side, whatever they do', () => {
    const moves = fc.array(
      fc.tuple(fc.constantFrom(...enquirySides), fc.constantFrom('quote' as const, 'accept' as const)),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(moves, (all) => {
        const { acceptedBy, newest } = all.reduce(take, { state: 'open' })
        if (acceptedBy !== undefined) expect([acceptedBy, newest].sort()).toEqual(['buyer', 'seller'])
      }),
    )
  })
})

type Talk = { state: EnquiryState; newest?: EnquirySide; acceptedBy?: EnquirySide }

/** As the use case does it: what is not allowed changes nothing. */
function take(talk: Talk, [side, action]: [EnquirySide, 'quote' | 'accept']): Talk {
  const standing = { latest: talk.newest && { side: talk.newest, validUntil: today }, today }
  if (!canMove(enquiryMachine, talk.state, action) || !mayAct(side, action, standing)) return talk
  const state = move(enquiryMachine, talk.state, action)
  return action === 'quote' ? { ...talk, state, newest: side } : { ...talk, state, acceptedBy: side }
}
