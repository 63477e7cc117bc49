import type { TrustReason } from '../listings/index.ts'
import type { BilingualText } from './domain/kinds.ts'

/** What users read for the reasons of a trust code. */
export const trustReasonNames: Record<TrustReason, BilingualText> = {
  past_valid_until: { zh: '已过有效期', en: 'it is past its validity' },
  owner_suspended: { zh: '所属机构已被暂停', en: 'its organisation is suspended' },
  ip_lapsed: { zh: '知识产权已失效', en: 'its IP rights have lapsed' },
  ip_encumbered: {
    zh: '知识产权状态不允许所提供的合作方式',
    en: 'the state of its IP rights allows none of the offered modes',
  },
  not_reconfirmed: { zh: '超过 90 天未确认', en: 'it was not confirmed for 90 days' },
  ip_near_expiry: { zh: '知识产权即将到期', en: 'an IP right is near its expiry' },
  owner_unverified: { zh: '所属机构尚未认证', en: 'its organisation is not verified' },
  claims_without_evidence: { zh: '指标缺少证明材料', en: 'figures lack evidence' },
  deals_fell_through: { zh: '连续三次交易未成', en: 'three deals in a row came to nothing' },
}
