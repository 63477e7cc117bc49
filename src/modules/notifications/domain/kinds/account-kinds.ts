import { both, casual, type Kind, urgent, usual } from './kind.ts'

/** The organisation's own affairs: verification, imports, the review queue, security. */
export const accountKinds = {
  'organisation.verified': {
    ...usual,
    title: both('机构认证已通过', 'Your organisation is verified'),
    body: both(
      '“{organisationName}”已通过认证，今后提交的信息将按所在市场的规则发布。',
      '“{organisationName}” is verified; what you submit is published by the rules of your market.',
    ),
    subject: both('机构认证已通过：{organisationName}', 'Verified: {organisationName}'),
  },
  'import.finished': {
    ...casual,
    title: both('批量导入已完成', 'The import has finished'),
    body: both(
      '共 {rowCount} 行，导入 {acceptedCount} 行，未通过 {refusedCount} 行。',
      'Of {rowCount} rows, {acceptedCount} were imported and {refusedCount} refused.',
    ),
    subject: both('批量导入已完成（{rowCount} 行）', 'Import finished ({rowCount} rows)'),
  },
  'review.sla_at_risk': {
    ...usual,
    title: both('审核队列即将超时', 'The review queue runs late'),
    body: both(
      '有 {waitingCount} 项匹配等待审核，最早的已等待 {oldestHours} 小时。',
      '{waitingCount} matches wait for review, the oldest for {oldestHours} hours.',
    ),
    subject: both('{waitingCount} 项匹配等待审核', '{waitingCount} matches wait for review'),
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
  'security.session_reused': {
    ...urgent,
    title: both('已结束一次可疑的登录', 'A suspicious sign-in was ended'),
    body: both(
      '“{displayName}”的一个已用过的登录凭证再次出现，可能被他人复制，因此该次登录已被结束。若不是您本人操作，请修改密码。',
      'A used sign-in token of “{displayName}” came back, so somebody may hold a copy; the session was ended. If this was not you, change your password.',
    ),
    subject: both('安全提醒：已结束一次可疑的登录', 'Security: a suspicious sign-in was ended'),
  },
} as const satisfies Record<string, Kind>
