import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type TrustFacts, trustOf } from '../../../../src/modules/listings/domain/trust-code.ts'
import { trustViewOf } from '../../../../src/modules/listings/domain/trust-view.ts'

const day = fc
  .date({ min: new Date('2025-01-01'), max: new Date('2028-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const facts: fc.Arbitrary<TrustFacts> = fc.record({
  today: day,
  validUntil: fc.option(day, { nil: undefined }),
  confirmedOn: fc.option(day, { nil: undefined }),
  ownerVerification: fc.constantFrom('verified', 'pending', 'suspended'),
  ipRights: fc.array(
    fc.record({ legalState: fc.constantFrom('granted', 'pending'), expiresOn: fc.option(day, { nil: undefined }) }),
    { maxLength: 3 },
  ),
  offeredModes: fc.constant(['ordinary_licence']),
  ipBlockedModes: fc.constant([]),
  hasClaimsWithoutEvidence: fc.boolean(),
  track: fc.record({ dealsSigned: fc.nat(3), droppedInARow: fc.nat(4) }),
})

describe('the view of a trust code', () => {
  it('has the code and reasons of the rule, and something to do about each', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { code, reasons } = trustViewOf(given)
        expect({ code, reasons: reasons.map(({ reason }) => reason) }).toEqual(trustOf(given))
      }),
    )
  })

  it('names a day on which the reason begins: it is there on that day and was not on the day before', () => {
    fc.assert(
      fc.property(facts, (given) => {
        for (const { on, reason } of trustViewOf(given).coming) {
          const before = new Date(Date.parse(on) - 86_400_000).toISOString().slice(0, 10)
          expect(on > given.today).toBe(true)
          expect(trustOf({ ...given, today: on }).reasons).toContain(reason)
          if (before > given.today) expect(trustOf({ ...given, today: before }).reasons).not.toContain(reason)
        }
      }),
    )
  })

  it('is quiet when nothing has a day', () => {
    const sound = {
      today: '2026-06-30',
      ownerVerification: 'verified',
      ipRights: [],
      offeredModes: [],
      ipBlockedModes: [],
    }
    expect(
      trustViewOf({ ...sound, hasClaimsWithoutEvidence: false, track: { dealsSigned: 0, droppedInARow: 0 } }),
    ).toEqual({
      code: 'green',
      reasons: [],
      coming: [],
    })
  })
})
