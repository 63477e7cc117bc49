/** How a field is compared and written: money in fen, counts, days, yes or no, codes. */
export type FieldType = 'fen' | 'count' | 'day' | 'flag' | 'code' | 'codes'
export type Field = { type: FieldType; zh: string; en: string }

const fen = (zh: string, en: string): Field => ({ type: 'fen', zh, en })
const count = (zh: string, en: string): Field => ({ type: 'count', zh, en })
const flag = (zh: string, en: string): Field => ({ type: 'flag', zh, en })

/**
 * What a rule may ask of an organisation. Adding a field takes a line here; removing one would break stored rules, so none
 * is ever removed.
 */
export const fields = {
  foundedOn: { type: 'day', zh: '成立日期', en: 'Day of foundation' },
  region: { type: 'code', zh: '注册地', en: 'Division code of the seat (GB/T 2260)' },
  market: { type: 'code', zh: '所属市场', en: 'Home market' },
  organisationKind: { type: 'code', zh: '机构类型', en: 'Kind of organisation' },
  industries: { type: 'codes', zh: '所属行业', en: 'Industries (GB/T 4754)' },
  technologyFields: { type: 'codes', zh: '高新技术领域', en: 'High-tech fields' },
  qualificationsNotHeld: { type: 'codes', zh: '未持有的资质', en: 'Qualifications known not to be held' },
  taxGrade: { type: 'code', zh: '纳税信用等级', en: 'Tax credit grade (A, B, M, C, D)' },
  staff: count('职工总数', 'Staff'),
  rdStaff: count('科技人员数', 'Technical and R&D staff'),
  revenueFen: fen('上年度营业收入', 'Revenue of the last year'),
  revenuePriorFen: fen('前年度营业收入', 'Revenue of the year before last'),
  costFen: fen('上年度成本费用总额', 'Total cost of the last year'),
  assetsFen: fen('资产总额', 'Total assets'),
  debtFen: fen('负债总额', 'Total debt'),
  rdSpendFen: fen('上年度研发费用', 'R&D spending of the last year'),
  rdSpendPriorFen: fen('前年度研发费用', 'R&D spending of the year before last'),
  newEquityFen: fen('近两年新增股权融资', 'New equity of the last two years'),
  highTechIncomeFen: fen('高新技术产品收入', 'Income from high-tech products'),
  ipClassOne: count('Ⅰ类知识产权件数', 'IP rights of class I'),
  ipClassTwo: count('Ⅱ类知识产权件数', 'IP rights of class II'),
  isListed: flag('已上市', 'Listed on an exchange'),
  hasSeriousDishonesty: flag('近三年有严重失信行为', 'Serious dishonesty in the last three years'),
  hasSeriousAccident: flag('近一年有重大安全质量事故', 'Serious accident in the last year'),
  isProhibitedBusiness: flag('产品服务属禁止、限制或淘汰类', 'Prohibited, restricted or obsolete business'),
  isIncubatorTenant: flag('孵化器或众创空间在孵企业', 'Tenant of an incubator'),
  isContestWinner: flag('创新创业大赛获奖', 'Winner of an innovation contest'),
  hasCoreIp: flag('拥有核心自主知识产权', 'Owns core IP'),
  isTalentFounded: flag('高层次人才创办', 'Founded by recognised talent'),
  hasOwnRdBody: flag('自建研发机构', 'Has a research body of its own'),
  hasProvincialRdBody: flag('拥有省部级以上研发机构', 'Has a provincial or national research body'),
  hasNationalAward: flag('近五年获国家级科技奖励前三名', 'National science award, top three, last five years'),
  hasLedStandard: flag('主导制定国际、国家或行业标准', 'Led an international, national or industry standard'),
  isMakerTopFifty: flag('“创客中国”大赛五百强企业组五十强', 'Among the top fifty of 创客中国'),
  hasRegisteredContract: flag('技术合同已认定登记', 'Technology contract registered'),
  technologyContractFen: fen('技术合同实际成交额', 'Value of registered technology contracts'),
  purchasePaidFen: fen('购买科技成果实际支付额', 'Actually paid for an achievement'),
  pocCashInvestedFen: fen('概念验证中心现金投入', 'Cash invested in a proof-of-concept centre'),
  loanInterestPaidFen: fen('上年度实付贷款利息', 'Loan interest paid in the last year'),
  overdueFen: fen('逾期债务余额', 'Overdue debt'),
} as const satisfies Record<string, Field>

export type FieldName = keyof typeof fields
export const fieldNames = Object.keys(fields) as FieldName[]

export function fieldOf(name: string): Field | undefined {
  return Object.hasOwn(fields, name) ? fields[name as FieldName] : undefined
}
