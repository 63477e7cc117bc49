import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type TrustFacts, trustOf, trustReasons } from '../../../../src/modules/listings/domain/trust-code.ts'

const today = '2026-06-30'
const sound: TrustFacts = {
  today,
  validUntil: '2027-06-30',
  confirmedOn: today,
  ownerVerification: 'verified',
  ipRights: [{ legalState: 'granted', expiresOn: '2035-01-01' }],
  offeredModes: ['ordinary_licence', 'joint_development'],
  ipBlockedModes: [],
  hasClaimsWithoutEvidence: false,
  track: { dealsSigned: 0, droppedInARow: 0 },
}
const lapsed = [{ legalState: 'lapsed' }]

describe('the trust code', () => {
  it('is green without reasons for a sound listing, and for a draft that nobody confirmed yet', () => {
    expect(trustOf(sound)).toEqual({ code: 'green', reasons: [] })
    expect(trustOf({ ...sound, confirmedOn: undefined, validUntil: undefined, ipRights: [] }).code).toBe('green')
  })

  it.each<[string, Partial<TrustFacts>, string]>([
    ['past_valid_until', { validUntil: '2026-06-29' }, 'red'],
    ['owner_suspended', { ownerVerification: 'suspended' }, 'red'],
    ['ip_lapsed', { ipRights: lapsed }, 'red'],
    [
      'ip_lapsed',
      { ipRights: [{ legalState: 'rejected' }, { legalState: 'granted', expiresOn: '2026-06-29' }] },
      'red',
    ],
    ['ip_encumbered', { ipBlockedModes: ['ordinary_licence', 'joint_development'] }, 'red'],
    ['not_reconfirmed', { confirmedOn: '2026-03-31' }, 'yellow'],
    ['ip_near_expiry', { ipRights: [{ legalState: 'granted', expiresOn: '2026-12-01' }] }, 'yellow'],
    ['owner_unverified', { ownerVerification: 'pending' }, 'yellow'],
    ['owner_unverified', { ownerVerification: 'rejected' }, 'yellow'],
    ['claims_without_evidence', { hasClaimsWithoutEvidence: true }, 'yellow'],
    ['deals_fell_through', { track: { dealsSigned: 1, droppedInARow: 3 } }, 'yellow'],
  ])('names %s for %j and turns %s', (reason, change, code) => {
    expect(trustOf({ ...sound, ...change })).toEqual({ code, reasons: [reason] })
  })

  it.each<[string, Partial<TrustFacts>, Partial<TrustFacts>]>([
    ['the last day of validity', { validUntil: today }, { validUntil: '2026-06-29' }],
    [
      'two deals that came to nothing',
      { track: { dealsSigned: 0, droppedInARow: 2 } },
      { track: { dealsSigned: 0, droppedInARow: 3 } },
    ],
    ['day 90 after the confirmation', { confirmedOn: '2026-04-01' }, { confirmedOn: '2026-03-31' }],
    [
      'day 181 before the expiry of a right',
      { ipRights: [{ legalState: 'granted', expiresOn: '2026-12-28' }] },
      { ipRights: [{ legalState: 'granted', expiresOn: '2026-12-27' }] },
    ],
  ])('is still green on %s and not a day later', (_, onTheDay, aDayLater) => {
    expect(trustOf({ ...sound, ...onTheDay }).code).toBe('green')
    expect(trustOf({ ...sound, ...aDayLater }).code).not.toBe('green')
  })

  it('warns on the very day on which a right expires and is red on the next', () => {
    const until = (expiresOn: string) => trustOf({ ...sound, ipRights: [{ legalState: 'granted', expiresOn }] })
    expect(until(today)).toEqual({ code: 'yellow', reasons: ['ip_near_expiry'] })
    expect(until('2026-06-29')).toEqual({ code: 'red', reasons: ['ip_lapsed'] })
  })

  it('does not call a listing encumbered while one offered mode is free, nor lapsed while one right lives', () => {
    expect(trustOf({ ...sound, ipBlockedModes: ['ordinary_licence'] }).code).toBe('green')
    expect(trustOf({ ...sound, ipRights: [...sound.ipRights, ...lapsed] }).code).toBe('green')
  })

  it('does not remind of the expiry of a right that has lapsed before it', () => {
    const ipRights = [...sound.ipRights, { legalState: 'lapsed', expiresOn: '2026-08-01' }]
    expect(trustOf({ ...sound, ipRights })).toEqual({ code: 'green', reasons: [] })
  })

  it('is red as soon as one red reason holds, and names the yellow ones after it', () => {
    const facts = {
      ...sound,
      ownerVerification: 'suspended',
      hasClaimsWithoutEvidence: true,
      confirmedOn: '2025-01-01',
    }
    expect(trustOf(facts)).toEqual({
      code: 'red',
      reasons: ['owner_suspended', 'not_reconfirmed', 'claims_without_evidence'],
    })
  })

  it('never improves by the passing of days alone, as long as no reminder becomes pointless', () => {
    const days = fc.integer({ min: 0, max: 2000 })
    const dayOf = (offset: number) => new Date(Date.UTC(2026, 0, 1 + offset)).toISOString().slice(0, 10)
    const rank = { green: 0, yellow: 1, red: 2 }
    fc.assert(
      fc.property(days, days, days, (validFor, confirmedAfter, expiresAfter) => {
        const facts = {
          ...sound,
          validUntil: dayOf(validFor),
          confirmedOn: dayOf(confirmedAfter),
          ipRights: [{ legalState: 'granted', expiresOn: dayOf(expiresAfter) }],
        }
        const ranks = [0, 90, 181, 400, 900, 2100].map(
          (offset) => rank[trustOf({ ...facts, today: dayOf(offset) }).code],
        )
        expect(ranks).toEqual([...ranks].sort())
      }),
    )
  })

  it('explains every colour but green, with reasons of the closed list in its order', () => {
    const facts = fc.record({
      ...{ today: fc.constant(today), validUntil: fc.constantFrom(undefined, '2026-06-29', today, '2028-01-01') },
      confirmedOn: fc.constantFrom(undefined, '2025-01-01', today),
      ownerVerification: fc.constantFrom('verified', 'pending', 'suspended'),
      ipRights: fc.array(fc.record({ legalState: fc.constantFrom('granted', 'lapsed', 'pending') }), { maxLength: 3 }),
      offeredModes: fc.subarray(['assignment', 'open_licence']),
      ipBlockedModes: fc.subarray(['assignment', 'open_licence']),
      hasClaimsWithoutEvidence: fc.boolean(),
      track: fc.record({ dealsSigned: fc.nat(3), droppedInARow: fc.nat(4) }),
    })
    fc.assert(
      fc.property(facts, (some) => {
        const { code, reasons } = trustOf(some)
        expect(reasons).toEqual(trustReasons.filter((reason) => reasons.includes(reason)))
        expect(reasons.length === 0).toBe(code === 'green')
      }),
    )
  })
})
