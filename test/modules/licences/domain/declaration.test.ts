import { describe, expect, it } from 'vitest'
import {
  type Declaration,
  declarationFaults,
  declarationWarnings,
} from '../../../../src/modules/licences/domain/declaration.ts'
import { dueAtOnceFen, feeFault } from '../../../../src/modules/licences/domain/fee.ts'

const right = { type: 'invention', legalState: 'granted', expiresOn: '2037-07-21' }
const declaration: Declaration = {
  ...{
    fee: { form: 'free' },
    validTo: '2030-01-01',
    coOwnerConsents: [],
    hasPledgeeConsent: false,
    evaluation: undefined,
    annuityPaidUntil: '2027-07-21',
  },
}
const faults = (change: object, said: object = {}) =>
  declarationFaults({ ...right, ...change }, { ...declaration, ...said }, '2026-11-20').map(({ code }) => code)

describe('a declaration', () => {
  it('may be made of a granted, living, free patent', () => {
    expect(faults({})).toEqual([])
    expect(faults({ type: 'design' }, { evaluation: { isPositive: true } })).toEqual([])
    expect(faults({ coOwners: ['甲'] }, { coOwnerConsents: ['甲'] })).toEqual([])
    expect(faults({ encumbrances: ['pledge'] }, { hasPledgeeConsent: true })).toEqual([])
  })

  it('names every ground against it at once', () => {
    const bad = { type: 'utility_model', legalState: 'lapsed', expiresOn: '2026-11-20', coOwners: ['甲'] }
    const encumbrances = ['exclusive_licence', 'dispute', 'pledge']
    expect(
      faults({ ...bad, encumbrances }, { evaluation: { isPositive: false }, annuityPaidUntil: '2026-11-19' }),
    ).toEqual([
      ...[
        'not_granted',
        'expired',
        'annuity_unpaid',
        'consent_missing',
        'evaluation_missing',
        'exclusive_licence',
        'dispute',
        'pledge',
      ],
    ])
    expect(faults({ type: 'software_copyright' })).toEqual(['not_a_patent'])
  })

  it('is warned of fees above the guide and of a term beyond the patent', () => {
    const codes = (said: Partial<Declaration>) =>
      declarationWarnings(right, { ...declaration, ...said }).map(({ code }) => code)
    expect(codes({ fee: { form: 'one_off', amountFen: 2_000_000_000 } })).toEqual([])
    expect(codes({ fee: { form: 'one_off', amountFen: 2_000_000_001 } })).toEqual(['fixed_fee_high'])
    expect(codes({ fee: { form: 'running', royaltyPercent: 21, royaltyBase: 'net_sales' } })).toEqual(['royalty_high'])
    expect(codes({ fee: { form: 'running', royaltyPercent: 40, royaltyBase: 'profit' } })).toEqual([])
    expect(codes({ validTo: '2038-01-01' })).toEqual(['beyond_term'])
    expect(codes({ annuityPaidUntil: undefined })).toEqual(['annuity_not_stated'])
  })
})

it('a fee is whole or refused, and tells what is due at once', () => {
  expect(
    feeFault({ form: 'entry_and_running', amountFen: 5, royaltyPercent: 3, royaltyBase: 'profit' }),
  ).toBeUndefined()
  expect(feeFault({ form: 'entry_and_running', amountFen: 5 })).toMatch(/needs royaltyPercent/)
  expect(feeFault({ form: 'free', amountFen: 5 })).toMatch(/has no amountFen/)
  expect(feeFault({ form: 'running', royaltyPercent: 3 })).toMatch(/royaltyBase/)
  expect([dueAtOnceFen({ form: 'one_off', amountFen: 5 }), dueAtOnceFen({ form: 'running' })]).toEqual([5, 0])
})
