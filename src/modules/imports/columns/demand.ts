import { amountCell, choiceCell, dayCell, flagCell, listCell, numberCell } from '../cells/cell.ts'
import { codeListCell } from '../cells/code-cells.ts'
import { priceCell } from '../cells/structure-cells.ts'
import { columns } from './column.ts'

const budgetKinds = { contract: ['委托合同', '合同'], challenge: ['揭榜挂帅', '揭榜'], equity: ['股权', '入股'] }
const ipOwners = {
  demander: ['归需求方', '需求方'],
  shared: ['双方共有', '共有'],
  provider: ['归供给方', '供给方'],
  negotiable: ['协商', '面议'],
}

export const demandColumns = columns([
  ['scenario', '应用场景', '使用场景 场景'],
  ['problem', '技术难题', '需求内容 技术需求 问题 难题'],
  ['currentPractice', '现有做法', '现状 目前做法'],
  ['constraints', '约束条件', '限制条件 约束', listCell('sentences')],
  ['elements.material', '材料要求', '材料'],
  ['elements.method', '方法要求', '工艺要求'],
  ['elements.efficacy', '功效要求', '性能要求'],
  ['elements.product', '产品要求', '产品'],
  ['elements.application', '应用要求', '用途'],
  ['triedAndFailed', '已尝试方案', '失败尝试'],
  ['trlMin', '最低成熟度', '成熟度下限', numberCell],
  ['trlMax', '最高成熟度', '成熟度上限', numberCell],
  ['deadline', '期望完成日期', '截止日期 截止时间 期限', dayCell],
  [
    '...budget',
    '预算',
    '预算金额 拟投入资金 投入金额 budget',
    priceCell((price) => (price.isNegotiable ? {} : { budgetMinFen: price.minFen, budgetMaxFen: price.maxFen })),
  ],
  ['budgetMinFen', '预算下限', '最低预算', amountCell],
  ['budgetMaxFen', '预算上限', '最高预算', amountCell],
  ['budgetKind', '预算形式', '资金形式', choiceCell(budgetKinds)],
  ['paymentPlan', '付款计划', '付款方式'],
  ['ipOwnership', '成果归属', '知识产权归属', choiceCell(ipOwners)],
  ['preferredRegions', '意向地区', '希望地区', codeListCell('regions')],
  ['preferredInstitutions', '意向单位', '意向机构 意向高校', listCell('words')],
  ['authenticityEvidence', '真实性证明', '证明材料', listCell('sentences')],
  ['isCommonDemand', '是否共性需求', '共性需求', flagCell],
])
