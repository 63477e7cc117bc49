import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type IpRight, ipBlockedModes } from '../../../../src/modules/supplies/domain/ip-availability.ts'

const today = '2026-06-30'
const patent: IpRight = { type: 'invention', legalState: 'granted', expiresOn: '2035-01-01' }
const all = ['assignment', 'equity', 'exclusive_licence', 'sole_licence', 'ordinary_licence', 'open_licence']

describe('the modes that intellectual property closes', () => {
  it.each<[string, IpRight[], string[]]>([
    ['no right at all', [], []],
    ['a granted patent', [patent], []],
    ['a pledge', [{ ...patent, encumbrances: ['pledge'] }], ['assignment', 'equity', 'open_licence']],
    ['an exclusive licence', [{ ...patent, encumbrances: ['exclusive_licence'] }], all],
    ['an open licence', [{ ...patent, encumbrances: ['open_licence'] }], ['exclusive_licence', 'sole_licence']],
    ['a dispute', [{ ...patent, encumbrances: ['dispute'] }], all],
    ['a pending application', [{ ...patent, legalState: 'pending' }], ['open_licence']],
    ['a granted software copyright', [{ type: 'software', legalState: 'granted' }], ['open_licence']],
    ['software beside a granted patent', [{ type: 'software', legalState: 'granted' }, patent], []],
    ['a lapsed patent', [{ ...patent, legalState: 'lapsed' }], all],
    ['a rejected application', [{ ...patent, legalState: 'rejected' }], all],
    ['a patent on its last day', [{ ...patent, expiresOn: today }], []],
    ['a patent after its last day', [{ ...patent, expiresOn: '2026-06-29' }], all],
    [
      'a lapsed patent beside a living one',
      [{ ...patent, legalState: 'lapsed', encumbrances: ['dispute'] }, patent],
      [],
    ],
  ])('%s', (_, rights, blocked) => {
    expect(ipBlockedModes(rights, today)).toEqual(blocked)
  })

  const encumbrance = fc.constantFrom('pledge', 'exclusive_licence', 'open_licence', 'dispute')
  const right: fc.Arbitrary<IpRight> = fc.record({
    type: fc.constantFrom('invention', 'utility_model', 'design', 'software', 'know_how', 'pct'),
    legalState: fc.constantFrom('pending', 'granted', 'lapsed', 'rejected'),
    expiresOn: fc.constantFrom(undefined, '2020-01-01', today, '2040-01-01'),
    encumbrances: fc.array(encumbrance, { maxLength: 4 }),
  })

  it('are never fewer with one more encumbrance', () => {
    fc.assert(
      fc.property(fc.array(right, { minLength: 1, maxLength: 5 }), fc.nat(), encumbrance, (rights, at, added) => {
        const burdened = rights.map((one, index) =>
          index === at % rights.length ? { ...one, encumbrances: [...(one.encumbrances ?? []), added] } : one,
        )
        const after = ipBlockedModes(burdened, today)
        expect(after).toEqual(expect.arrayContaining(ipBlockedModes(rights, today)))
      }),
    )
  })

  it('are all of them when every right is dead, and only modes that rights are about', () => {
    fc.assert(
      fc.property(fc.array(right, { minLength: 1, maxLength: 5 }), (rights) => {
        expect(
          ipBlockedModes(
            rights.map((one) => ({ ...one, legalState: 'lapsed' as const })),
            today,
          ),
        ).toEqual(all)
        expect(all).toEqual(expect.arrayContaining(ipBlockedModes(rights, today)))
      }),
    )
  })

  it('do not depend on the order of the rights', () => {
    fc.assert(
      fc.property(fc.array(right, { maxLength: 5 }), (rights) => {
        expect(ipBlockedModes([...rights].reverse(), today)).toEqual(ipBlockedModes(rights, today))
      }),
    )
  })
})
