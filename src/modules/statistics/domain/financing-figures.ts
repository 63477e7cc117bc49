import { type Figure, shareOf, type Unit } from './figure.ts'

/** What applications of a group come to. Line, drawn, repaid and compensated are four figures that are never added up. */
export type FinancingSums = {
  applications: number
  applicants: number
  products: number
  approved: number
  declined: number
  lineFen: number
  drawnFen: number
  repaidFen: number
  compensatedFen: number
}

type Definition = {
  name: string
  unit: Unit
  definition: string
  amountIn(sums: FinancingSums): number | null
  /** The number of subjects behind the value. */
  basisIn(sums: FinancingSums): number
}

const counted = (name: keyof FinancingSums, definition: string): Definition => ({
  ...{ name, unit: 'count', definition },
  amountIn: (sums) => sums[name],
  basisIn: (sums) => sums[name],
})
const summed = (name: string, unit: Unit, definition: string, amountIn: Definition['amountIn']): Definition => ({
  ...{ name, unit, definition, amountIn },
  basisIn: ({ approved }) => approved,
})

const definitions: readonly Definition[] = [
  counted('applications', '期间提交的融资申请数'),
  counted('applicants', '提交申请的企业数（去重）'),
  counted('products', '收到申请的产品数（去重）'),
  counted('approved', '其中获批授信的申请数（含此后结清、逾期、代偿的）'),
  counted('declined', '其中未通过的申请数'),
  {
    ...{ name: 'approvalRate', unit: 'share', definition: '获批数 ÷（获批数 + 未通过数），由两数重新计算' },
    amountIn: ({ approved, declined }) => shareOf(approved, approved + declined),
    basisIn: ({ approved, declined }) => approved + declined,
  },
  summed('lineAmount', 'fen_line', '授信额度合计（分）', ({ lineFen }) => lineFen),
  summed('drawnAmount', 'fen_drawn', '累计提款合计（分）', ({ drawnFen }) => drawnFen),
  summed('repaidAmount', 'fen_drawn', '累计还款合计（分）', ({ repaidFen }) => repaidFen),
  summed('compensatedAmount', 'fen_drawn', '代偿合计（分）', ({ compensatedFen }) => compensatedFen),
  summed('balanceAmount', 'fen_owed', '贷款余额（分）：提款 − 还款 − 代偿', balanceOf),
  summed('drawnShare', 'share', '累计提款 ÷ 授信额度，由两数重新计算', ({ drawnFen, lineFen }) =>
    shareOf(drawnFen, lineFen),
  ),
]

function balanceOf({ drawnFen, repaidFen, compensatedFen }: FinancingSums): number {
  return drawnFen - repaidFen - compensatedFen
}

export function financingFigures(sums: FinancingSums, asOf: string): Figure[] {
  return definitions.map(({ name, unit, definition, amountIn, basisIn }) => ({
    ...{ name, value: amountIn(sums), unit, asOf, basis: basisIn(sums), definition },
  }))
}
