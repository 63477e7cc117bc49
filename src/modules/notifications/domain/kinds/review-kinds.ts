import { both, type Kind, usual } from './kind.ts'

/** What brokers and operators have to know of the queue. */
export const reviewKinds = {
  'review.sla_at_risk': {
    ...usual,
    title: both('审核队列即将超时', 'The review queue runs late'),
    body: both(
      '有 {waitingCount} 项匹配等待审核，最早的已等待 {oldestHours} 小时。',
      '{waitingCount} matches wait for review, the oldest for {oldestHours} hours.',
    ),
    subject: both('{waitingCount} 项匹配等待审核', '{waitingCount} matches wait for review'),
  },
} as const satisfies Record<string, Kind>

/** What their texts show. */
export type ReviewParams = {
  waitingCount?: number
  oldestHours?: number
}
