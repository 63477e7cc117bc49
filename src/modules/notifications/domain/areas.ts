import type { BilingualText, NotificationKind } from './kinds.ts'

/** The first word of a kind is what it is about. */
export type Area = NotificationKind extends infer Kind
  ? Kind extends `${infer First}.${string}`
    ? First
    : never
  : never

const headings: Record<Area, BilingualText> = {
  match: { zh: '匹配', en: 'Matches' },
  introduction: { zh: '对接', en: 'Introductions' },
  disclosure: { zh: '保密信息', en: 'Confidential detail' },
  listing: { zh: '我的信息', en: 'Your listings' },
  joint_demand: { zh: '联合攻关', en: 'Joint demands' },
  saved_search: { zh: '保存的搜索', en: 'Saved searches' },
  enquiry: { zh: '询盘', en: 'Enquiries' },
  quote: { zh: '报价', en: 'Quotes' },
  deal: { zh: '交易', en: 'Deals' },
  application: { zh: '申请', en: 'Applications' },
  agreement: { zh: '框架协议', en: 'Framework agreements' },
  redemption: { zh: '政策兑现', en: 'Claims' },
  auction: { zh: '竞价', en: 'Auctions' },
  organisation: { zh: '机构', en: 'Your organisation' },
  import: { zh: '批量导入', en: 'Imports' },
  review: { zh: '审核', en: 'Review' },
  webhook: { zh: 'Webhook', en: 'Webhooks' },
  security: { zh: '安全', en: 'Security' },
}

/** The heading under which a digest groups a kind. */
export function headingOf(kind: NotificationKind): BilingualText {
  return headings[kind.split('.')[0] as Area]
}
