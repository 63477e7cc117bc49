import { both, type Kind, usual } from './kind.ts'

/** The organisation's own affairs. */
export const organisationKinds = {
  'organisation.verified': {
    ...usual,
    title: both('机构认证已通过', 'Your organisation is verified'),
    body: both(
      '“{organisationName}”已通过认证，今后提交的信息将按所在市场的规则发布。',
      '“{organisationName}” is verified; what you submit is published by the rules of your market.',
    ),
    subject: both('机构认证已通过：{organisationName}', 'Verified: {organisationName}'),
  },
  'webhook.disabled': {
    ...usual,
    title: both('Webhook 已停用', 'A webhook is disabled'),
    body: both(
      '发往 {webhookHost} 的 Webhook 已停用：对方回复 410，或同一消息多次重试仍未送达。请修复后重新启用；停用期间的消息可以重放。',
      'The webhook to {webhookHost} is disabled: it answered 410, or a message failed at every attempt. Repair and enable it; what it missed can be replayed.',
    ),
    subject: both('Webhook 已停用：{webhookHost}', 'Webhook disabled: {webhookHost}'),
  },
} as const satisfies Record<string, Kind>

/** What their texts show. */
export type OrganisationParams = {
  organisationName?: string
  /** Host of the URL only: its path may hold a secret of the receiver. */
  webhookHost?: string
}
