import { expect, it } from 'vitest'
import { qualificationState } from '../../../../src/modules/identity/domain/qualification.ts'

it('counts the last day of validity, and expires on the next', () => {
  const verified = { state: 'verified', validTo: '2026-03-02' } as const
  expect(qualificationState(verified, '2026-03-02')).toBe('verified')
  expect(qualificationState(verified, '2026-03-03')).toBe('expired')
  expect(qualificationState({ state: 'declared', validTo: null }, '2099-01-01')).toBe('declared')
})
