/**
 * What a figure counts in. Fen of intents and of closed contracts are different units, and so are fen granted, fen drawn and
 * fen still owed: no sum takes two of them.
 */
export const units = [
  ...(['count', 'fen_intent', 'fen_closed', 'fen_line', 'fen_drawn', 'fen_owed', 'seconds', 'share'] as const),
] as const
export type Unit = (typeof units)[number]

/** A published number never stands alone: with its unit, the moment it is of, what it rests on and what it means. */
export type Figure = {
  name: string
  /** Null when there is nothing to divide by, or when the number is too small to be published. */
  value: number | null
  unit: Unit
  asOf: string
  /** The number of subjects behind the value. */
  basis: number
  definition: string
  isSuppressed?: boolean
}

export type Count = { count: number; amount: number }
export type Counts = ReadonlyMap<string, Count>

type Definition = { name: string; unit: Unit; measure: string; take: 'count' | 'amount'; definition: string }

const counted = (name: string, measure: string, definition: string): Definition => ({
  ...{ name, measure, definition },
  unit: 'count',
  take: 'count',
})

export const overviewDefinitions: readonly Definition[] = [
  counted('suppliesPublished', 'supply.published', '首次发布的技术供给数'),
  counted('demandsPublished', 'demand.published', '首次发布的技术需求数'),
  counted('financeProductsPublished', 'finance_product.published', '首次发布的科技金融产品数'),
  counted('matchesProposed', 'match.proposed', '系统提出过的供需匹配数'),
  counted('matchesApproved', 'match.approved', '技术经纪人认可的匹配数'),
  counted('matchesRejected', 'match.rejected', '技术经纪人否定的匹配数'),
  counted('introductionsOpened', 'introduction.opened', '已询问双方意愿的引荐数'),
  counted('introductionsAccepted', 'introduction.accepted', '双方均同意见面的引荐数'),
  counted('dealsOpened', 'deal.opened', '进入意向阶段的交易数'),
  counted('dealsSigned', 'deal.signed', '已签订合同的交易数'),
  counted('dealsRegistered', 'deal.registered', '已认定登记的技术合同数'),
  {
    ...{ name: 'intentAmount', unit: 'fen_intent', measure: 'deal.opened', take: 'amount' },
    definition: '交易开启时双方填报的意向金额合计（分），与成交额不可相加',
  },
  {
    ...{ name: 'closedAmount', unit: 'fen_closed', measure: 'deal.signed', take: 'amount' },
    definition: '签订时的合同成交额合计（分），按签订日统计，不含意向',
  },
  {
    ...{ name: 'registeredTechnologyAmount', unit: 'fen_closed', measure: 'deal.registered', take: 'amount' },
    definition: '登记机关核定的技术交易额合计（分）',
  },
]

export function figuresOf(definitions: readonly Definition[], counts: Counts, asOf: string): Figure[] {
  return definitions.map(({ name, unit, measure, take, definition }) => {
    const found = counts.get(measure) ?? { count: 0, amount: 0 }
    return { name, value: found[take], unit, asOf, basis: found.count, definition }
  })
}

/** A share is computed here from its two numbers, never taken over from somebody who computed it. */
export function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
