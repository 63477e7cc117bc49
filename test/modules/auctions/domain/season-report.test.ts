import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type ReportedLot, seasonReport } from '../../../../src/modules/auctions/domain/season-report.ts'

const won = (state: 'accepted' | 'offered' | 'settled') =>
  fc.record({ state: fc.constant(state), amountFen: fc.integer({ min: 1, max: 1e9 }) })
const course = fc.oneof(
  fc.constant({ state: 'announced', outcome: null, award: null } as const),
  fc.constant({ state: 'open', outcome: null, award: null } as const),
  fc.constant({ state: 'closed', outcome: 'unsold', award: null } as const),
  fc.constant({ state: 'closed', outcome: 'withdrawn', award: null } as const),
  fc.constant({ state: 'defaulted', outcome: 'sold', award: null } as const),
  won('accepted').map((award) => ({ state: 'closed', outcome: 'sold', award }) as const),
  won('settled').map((award) => ({ state: 'settled', outcome: 'sold', award }) as const),
)
const lot: fc.Arbitrary<ReportedLot> = fc
  .tuple(course, fc.constantFrom('a', 'b', 'c'), fc.subarray(['f', 'g'], { minLength: 1 }))
  .map(([one, seller, fields]) => ({ ...one, sellerOrgId: seller, sellerName: `机构${seller}`, fields }))

it('every lot is in exactly one line of its state, institutions add up, and intent is never in the closed amount', () => {
  fc.assert(
    fc.property(fc.array(lot), (lots) => {
      const { totals, byField, byInstitution } = seasonReport(lots)
      const { upcoming, running, sold, unsold, withdrawn, defaulted } = totals
      expect(upcoming + running + sold + unsold + withdrawn + defaulted).toBe(lots.length)
      const paid = lots.filter(({ state }) => state === 'settled')
      expect(totals.closedFen).toBe(paid.reduce((sum, { award }) => sum + (award?.amountFen ?? 0), 0))
      for (const figure of ['lots', 'sold', 'closedFen', 'intentFen'] as const) {
        expect(byInstitution.reduce((sum, line) => sum + line[figure], 0)).toBe(totals[figure])
      }
      expect(byField.reduce((sum, line) => sum + line.lots, 0)).toBe(lots.flatMap(({ fields }) => fields).length)
      if (totals.soldPercent !== null) expect(totals.soldPercent).toBeGreaterThanOrEqual(0)
    }),
  )
})

it('says no rate before the first lot was judged', () => {
  expect(seasonReport([]).totals).toMatchObject({ lots: 0, soldPercent: null, intentFen: 0, closedFen: 0 })
})
