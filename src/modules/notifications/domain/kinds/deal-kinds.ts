import { type BilingualText, both, type Kind, usual } from './kind.ts'

/** What the sides and the brokers of a deal hear; amounts and terms stay in the deal. */
export const dealKinds = {
  'deal.opened': {
    ...usual,
    title: both('新的交易已建立', 'A deal was opened'),
    body: both(
      '{deal}的交易已建立，请登录查看并完善条款。',
      'A deal about {deal} was opened; sign in to settle its terms.',
    ),
    subject: both('交易已建立', 'A deal was opened'),
  },
  'deal.confirmed': {
    ...usual,
    title: both('对方已确认交易条款', 'The other side confirmed the terms'),
    body: both(
      '{deal}：对方已确认现行版本的条款，请核对后确认。',
      'The other side has confirmed the present terms of the deal about {deal}. Please read and confirm them.',
    ),
    subject: both('请确认交易条款', 'Please confirm the terms of a deal'),
  },
  'deal.stage_changed': {
    ...usual,
    title: both('交易有新进展', 'A deal has moved on'),
    body: both('{deal}的交易：{stage}。', 'The deal about {deal}: {stage}.'),
    subject: both('交易进展：{stage}', 'Deal: {stage}'),
  },
} as const satisfies Record<string, Kind>

/** What their texts show. */
export type DealParams = {
  /** The public title behind it, or its id; never what the sides call it themselves. */
  deal?: BilingualText
}
