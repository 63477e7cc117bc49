import { termOf } from '../taxonomy/index.ts'
import { classifyDeal } from './classify-deal.ts'
import { toClassificationResponse } from './present.ts'
import type { RegistrationPack } from './response-schemas.ts'
import type { DealDetail } from './view-deal.ts'

/**
 * Everything that a registration office asks for, in one document, with what is still missing. Names and codes only: whoever
 * sees the deal may see it.
 */
export function registrationPack(detail: DealDetail, now: Date): RegistrationPack {
  const { deal, today } = detail
  const { contractType } = deal
  return {
    dealId: deal.id,
    title: deal.title,
    contractNo: deal.signing?.contractNo,
    signedOn: deal.signing?.signedOn,
    parties: [
      { role: 'provider', roleZh: '卖方（技术提供方）', ...partyOf(detail.provider) },
      { role: 'acquirer', roleZh: '买方（技术受让方）', ...partyOf(detail.acquirer) },
    ],
    subject: deal.subject ?? undefined,
    contractType:
      contractType === null
        ? undefined
        : { code: contractType, zh: termOf('contract-types', contractType)?.zh ?? contractType },
    classification: toClassificationResponse(classifyDeal(deal, deal.signing?.signedOn ?? today)),
    amounts: amountsOf(detail),
    pricing: deal.pricing ?? undefined,
    publicity: deal.publicity ?? undefined,
    ip: deal.ip.map((right) => ({ ...right, typeZh: termOf('ip-types', right.type)?.zh ?? right.type })),
    milestones: deal.milestones,
    payments: deal.payments,
    missing: missingOf(detail),
    generatedAt: now.toISOString(),
  }
}

function partyOf({ id, name, uscc, kind }: DealDetail['provider']) {
  return { id, name, uscc, kind }
}

function amountsOf({ deal }: DealDetail): RegistrationPack['amounts'] {
  const { contractAmountFen: contract, technologyAmountFen: technology, technologyIncomeFen: income } = deal
  return {
    contractAmountFen: contract ?? undefined,
    technologyAmountFen: technology ?? undefined,
    technologyIncomeFen: income ?? undefined,
    goodsFen: contract === null || technology === null ? undefined : contract - technology,
  }
}

function missingOf({ deal }: DealDetail): RegistrationPack['missing'] {
  const wanted: [field: string, zh: string, isThere: boolean][] = [
    ['signing', '合同签订日期', deal.signing !== null],
    ['contractType', '合同类型', deal.contractType !== null],
    ['subject', '标的技术的内容、范围和要求', deal.subject !== null],
    ['contractAmountFen', '合同成交额', deal.contractAmountFen !== null],
    ['technologyAmountFen', '技术交易额', deal.technologyAmountFen !== null],
    ['technologyIncomeFen', '技术性收入', deal.technologyIncomeFen !== null],
    ['payments', '价款支付方式', deal.payments.length > 0],
    ['milestones', '履行进度', deal.milestones.length > 0],
  ]
  return wanted.filter(([, , isThere]) => !isThere).map(([field, zh]) => ({ field, zh }))
}
