/** What a plan takes at most one of, each: one lender, because two would each want the first claim. */
export const slots = ['voucher', 'grant', 'debt', 'equity', 'interest_subsidy', 'reward'] as const
export type Slot = (typeof slots)[number]

/** One product as the solver sees it, for a project of a given price. Amounts are whole fen. */
export type Option = {
  id: string
  slot: Slot
  kind: string
  /** Money for the project: least and most; 0 and 0 for what only comes afterwards. */
  minFen: number
  maxFen: number
  group?: string | undefined
  excludesKinds: readonly string[]
  /** Most that voucher, grant and reward of a plan with this product may sum to. */
  publicMaxFen?: number | undefined
  /** Debt: interest of an amount, year by year. Does not fall when the amount grows. */
  interestOf?(amountFen: number): readonly number[]
  /** Interest subsidy: what it pays for the debt; between nothing and the interest. */
  subsidyOf?(debt: Option, amountFen: number): number
  /** Reward: paid after the price was paid. */
  rewardFen?: number
}

export type Part = { option: Option; amountFen: number }

export type Plan = {
  parts: readonly Part[]
  /** Price less what the parts bring at once. */
  cashNowFen: number
  equityFen: number
  debtFen: number
  interestFen: number
  subsidyFen: number
  rewardFen: number
  /** Own money over the whole life: cash now, debt and interest, less subsidy and reward. */
  ownMoneyFen: number
}

/** Interest of an amount over the whole term. */
export function totalInterest(debt: Option | undefined, amountFen: number): number {
  return (debt?.interestOf?.(amountFen) ?? []).reduce((sum, fen) => sum + fen, 0)
}

/** Whether two products may stand in one plan. */
export function areCompatible(one: Option, other: Option): boolean {
  if (one.group !== undefined && one.group === other.group) return false
  return !one.excludesKinds.includes(other.kind) && !other.excludesKinds.includes(one.kind)
}
