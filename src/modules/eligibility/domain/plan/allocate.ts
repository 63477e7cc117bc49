import { type Option, type Part, type Plan, type Slot, totalInterest } from './option.ts'

export type Chosen = Partial<Record<Slot, Option>>

/**
 * The best amounts for chosen products, or nothing when their least amounts exceed the price. All that can be financed is;
 * of it as little as possible by equity, then as little as possible by debt, the rest by voucher, then grant. No other
 * amounts are better: see `isBetter` for the order, and the test that compares with all of them.
 */
export function allocate(chosen: Chosen, priceFen: number): Plan | undefined {
  const { voucher, grant, debt, equity } = chosen
  const [debtMin, equityMin] = [debt?.minFen ?? 0, equity?.minFen ?? 0]
  if (debtMin + equityMin > priceFen) return undefined
  const publicMax = publicMaxOf(chosen)
  const publicCapacity = Math.min((voucher?.maxFen ?? 0) + (grant?.maxFen ?? 0), publicMax)
  const [debtMax, equityMax] = [debt?.maxFen ?? 0, equity?.maxFen ?? 0]
  const total = Math.min(priceFen, publicCapacity + debtMax + equityMax)
  const equityFen = clamp(total - publicCapacity - debtMax, equityMin, equityMax)
  const debtFen = clamp(total - publicCapacity - equityFen, debtMin, debtMax)
  const publicFen = total - equityFen - debtFen
  const voucherFen = Math.min(publicFen, voucher?.maxFen ?? 0)
  const amounts = { voucher: voucherFen, grant: publicFen - voucherFen, debt: debtFen, equity: equityFen }
  const rewardFen = Math.min(chosen.reward?.rewardFen ?? 0, publicMax - publicFen)
  return planOf(chosen, { ...amounts, reward: rewardFen }, priceFen - total)
}

type Amounts = Record<'voucher' | 'grant' | 'debt' | 'equity' | 'reward', number>

/** Adds up what given amounts cost; pure arithmetic, also for amounts that are not the best. */
export function planOf(chosen: Chosen, amounts: Amounts, cashNowFen: number): Plan {
  const { debt, interest_subsidy: subsidy } = chosen
  const interestFen = totalInterest(debt, amounts.debt)
  const subsidyFen = debt && subsidy?.subsidyOf ? subsidy.subsidyOf(debt, amounts.debt) : 0
  return {
    parts: partsOf(chosen, { ...amounts, interest_subsidy: subsidyFen }),
    ...{ cashNowFen, equityFen: amounts.equity, debtFen: amounts.debt },
    ...{ interestFen, subsidyFen, rewardFen: amounts.reward },
    ownMoneyFen: cashNowFen + amounts.debt + interestFen - subsidyFen - amounts.reward,
  }
}

/** Products that bring nothing are no part of a plan. */
function partsOf(chosen: Chosen, amounts: Record<Slot, number>): Part[] {
  return (Object.entries(chosen) as [Slot, Option][])
    .map(([slot, option]) => ({ option, amountFen: amounts[slot] }))
    .filter(({ amountFen }) => amountFen > 0)
}

export function publicMaxOf(chosen: Chosen): number {
  return Math.min(
    ...Object.values(chosen).map(({ publicMaxFen = Number.MAX_SAFE_INTEGER }) => publicMaxFen),
    Number.MAX_SAFE_INTEGER,
  )
}

function clamp(value: number, min: number, max: number): number {
  return Math.max(min, Math.min(value, max))
}
