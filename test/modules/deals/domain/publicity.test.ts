import { describe, expect, it } from 'vitest'
import { allowedActions } from '../../../../src/kernel/state-machine.ts'
import { daysInForce, firstSigningDay, needsPublicity } from '../../../../src/modules/deals/domain/publicity.ts'
import { areTermsOpen, dealMachine, dealStages, isClosed } from '../../../../src/modules/deals/domain/stage.ts'
import { unconfirmedSides } from '../../../../src/modules/deals/domain/terms.ts'

describe('the publicity of a price', () => {
  it('is for prices by agreement of universities and institutes alone', () => {
    expect(needsPublicity('university', 'agreement')).toBe(true)
    expect(needsPublicity('research_institute', 'agreement')).toBe(true)
    expect(needsPublicity('university', 'auction')).toBe(false)
    expect(needsPublicity('enterprise', 'agreement')).toBe(false)
  })

  it('lasts whole days, over the end of a month and of a leap year’s February', () => {
    expect(firstSigningDay({ from: '2026-02-20' }, 15)).toBe('2026-03-07')
    expect(firstSigningDay({ from: '2024-02-20' }, 15)).toBe('2024-03-06')
  })

  it('lasts as the rule of the day says', () => {
    const rules = [
      { from: '2026-07-01', days: 30 },
      { from: '2016-02-26', days: 15 },
    ]
    expect([
      daysInForce(rules, '2016-02-25'),
      daysInForce(rules, '2026-06-30'),
      daysInForce(rules, '2026-07-01'),
    ]).toEqual([undefined, 15, 30])
  })
})

describe('the stages', () => {
  it('end in performed or dropped, and every other one has a way on', () => {
    const ends = dealStages.filter((stage) => allowedActions(dealMachine, stage).length === 0)
    expect(ends).toEqual(['performed', 'dropped'])
  })

  it('are either intents or closed ones, never both', () => {
    for (const stage of dealStages) expect(areTermsOpen(stage) && isClosed(stage)).toBe(false)
  })
})

describe('confirmations', () => {
  it('hold for the version of the terms that they name', () => {
    const at = (termsVersion: number) => ({ termsVersion, userId: 'usr_x', at: '2026-03-02T01:00:00.000Z' })
    const deal = { termsVersion: 3, providerConfirmation: at(2), acquirerConfirmation: at(3) }
    expect(unconfirmedSides(deal)).toEqual(['provider'])
    expect(unconfirmedSides({ ...deal, providerConfirmation: at(3) })).toEqual([])
    expect(unconfirmedSides({ ...deal, providerConfirmation: null, acquirerConfirmation: null })).toHaveLength(2)
  })
})
