import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Chosen, planOf, publicMaxOf } from '../../../../../src/modules/eligibility/domain/plan/allocate.ts'
import { isBetter } from '../../../../../src/modules/eligibility/domain/plan/objective.ts'
import {
  areCompatible,
  type Option,
  type Plan,
  slots,
  totalInterest,
} from '../../../../../src/modules/eligibility/domain/plan/option.ts'
import { solvePlan } from '../../../../../src/modules/eligibility/domain/plan/solve.ts'

const small = fc.integer({ min: 0, max: 5 })
const arbitraryOption: fc.Arbitrary<Option> = fc
  .record({
    slot: fc.constantFrom(...slots),
    kind: fc.constantFrom('a', 'b', 'c'),
    group: fc.constantFrom(undefined, undefined, 'g', 'h'),
    excludesKinds: fc.subarray(['a', 'b', 'c'], { maxLength: 1 }),
    publicMaxFen: fc.constantFrom(undefined, undefined, 1, 3),
    ...{ low: small, high: small, reward: small },
    /** Interest grows by any of these with each unit; the subsidy pays any share of it. */
    steps: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 9, maxLength: 9 }),
    share: fc.constantFrom(0, 0.5, 1),
  })
  .map(({ low, high, steps, share, reward, slot, ...rest }) => {
    const hasMinimum = slot === 'debt' || slot === 'equity'
    const brings = slot !== 'interest_subsidy' && slot !== 'reward'
    return {
      ...{ ...rest, slot, id: '' },
      minFen: hasMinimum ? Math.min(low, high) : 0,
      maxFen: brings ? Math.max(low, high) : 0,
      ...(slot === 'debt' && {
        interestOf: (fen: number) => [steps.slice(0, fen).reduce((sum, step) => sum + step, 0)],
      }),
      ...(slot === 'interest_subsidy' && {
        subsidyOf: (debt: Option, fen: number) => Math.floor(totalInterest(debt, fen) * share),
      }),
      ...(slot === 'reward' && { rewardFen: reward }),
    }
  })

/** Every choice of at most one product a slot, and every amount of each. */
function bestByTryingAll(options: readonly Option[], price: number): Plan {
  let best = planOf({}, { voucher: 0, grant: 0, debt: 0, equity: 0, reward: 0 }, price)
  for (const chosen of choices(options)) {
    const publicMax = publicMaxOf(chosen)
    for (const [voucher = 0, grant = 0, debt = 0, equity = 0] of amountsOf(chosen)) {
      const cash = price - voucher - grant - debt - equity
      if (cash < 0 || voucher + grant > publicMax) continue
      const reward = Math.min(chosen.reward?.rewardFen ?? 0, publicMax - voucher - grant)
      const plan = planOf(chosen, { voucher, grant, debt, equity, reward }, cash)
      if (isBetter(plan, best)) best = plan
    }
  }
  return best
}

function choices(options: readonly Option[]): Chosen[] {
  let all: Chosen[] = [{}]
  for (const slot of slots) {
    const here = options.filter((option) => option.slot === slot)
    all = all.flatMap((chosen) => [
      chosen,
      ...here
        .filter((option) => Object.values(chosen).every((other) => areCompatible(other, option)))
        .map((option) => ({ ...chosen, [slot]: option })),
    ])
  }
  return all
}

function amountsOf(chosen: Chosen): number[][] {
  const ranges = [chosen.voucher, chosen.grant, chosen.debt, chosen.equity].map((option) => {
    if (option === undefined) return [0]
    return Array.from({ length: option.maxFen - option.minFen + 1 }, (_, index) => option.minFen + index)
  })
  return ranges.reduce<number[][]>((rows, range) => rows.flatMap((row) => range.map((value) => [...row, value])), [[]])
}

const objectiveOf = ({ parts, ...plan }: Plan) => ({
  ...{ cash: plan.cashNowFen, equity: plan.equityFen, own: plan.ownMoneyFen },
  ids: parts.map(({ option }) => option.id).sort(),
})

describe('the solver of plans', () => {
  it('finds what trying every choice and every amount finds', () => {
    fc.assert(
      fc.property(fc.array(arbitraryOption, { maxLength: 7 }), fc.integer({ min: 0, max: 9 }), (drawn, price) => {
        const options = drawn.map((option, index) => ({ ...option, id: `p${index}` }))
        expect(objectiveOf(solvePlan(options, price))).toEqual(objectiveOf(bestByTryingAll(options, price)))
      }),
      { numRuns: 300 },
    )
  })

  it('does not depend on the order of the products', () => {
    fc.assert(
      fc.property(fc.array(arbitraryOption, { maxLength: 9 }), small, (drawn, price) => {
        const options = drawn.map((option, index) => ({ ...option, id: `p${index}` }))
        expect(objectiveOf(solvePlan([...options].reverse(), price))).toEqual(objectiveOf(solvePlan(options, price)))
      }),
      { numRuns: 100 },
    )
  })
})
