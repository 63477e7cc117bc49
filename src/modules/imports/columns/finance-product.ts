import { amountCell, choiceCell, jsonCell, listCell, numberCell } from '../cells/cell.ts'
import { codeCell, codeListCell } from '../cells/code-cells.ts'
import { priceCell } from '../cells/structure-cells.ts'
import { columns } from './column.ts'

const repaymentNames = {
  equal_principal: ['等额本金'],
  equal_instalment: ['等额本息'],
  bullet: ['到期一次还本'],
}

export const financeProductColumns = columns([
  ['productKind', '*产品类别', '产品类型 类别', codeCell('finance-product-kinds')],
  [
    '...amount',
    '额度',
    '贷款额度 融资额度 金额',
    priceCell((price) => (price.isNegotiable ? {} : { amountMinFen: price.minFen, amountMaxFen: price.maxFen })),
  ],
  ['amountMinFen', '最低额度', '额度下限', amountCell],
  ['amountMaxFen', '最高额度', '额度上限', amountCell],
  ['rate', '利率', '', jsonCell],
  ['termMonthsMin', '最短期限', '最短期限月', numberCell],
  ['termMonthsMax', '最长期限', '期限 贷款期限', numberCell],
  ['guaranteeForms', '担保方式', '担保形式', codeListCell('guarantee-forms')],
  ['repayment', '还款说明', '还款'],
  ['repaymentMethod', '还款方式', '', choiceCell(repaymentNames)],
  ['maxShareBasisPoints', '最高比例（基点）', '质押率 最高比例', numberCell],
  ['approvalDays', '审批天数', '审批时限', numberCell],
  ['eligibility', '申请条件', '准入条件 条件', listCell('sentences')],
  ['eligibilityRules', '准入规则', '', jsonCell],
  ['support', '支持方式', '', jsonCell],
  ['instrument', '工具条款', '', jsonCell],
  ['stacking', '叠加限制', '', jsonCell],
  ['subsidy', '贴息', '补贴', jsonCell],
  ['riskShares', '风险分担', '', jsonCell],
  ['riskPool', '风险资金池', '风险池'],
  ['riskPoolId', '风险资金池编号', ''],
  ['stackingRules', '叠加规则', '', listCell('sentences')],
  ['materials', '申请材料', '所需材料', listCell('sentences')],
  ['quotaLeftFen', '剩余额度', '', amountCell],
  ['serviceHotline', '服务热线', '热线 咨询电话'],
])
