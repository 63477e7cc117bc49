import type { Db } from '../../../db/client.ts'
import { findProfiles } from '../../brokers/index.ts'
import { listBrokersOfMarkets, listOperatorsOfMarkets } from '../../identity/index.ts'
import { marketAncestors } from '../../markets/index.ts'
import { readOverdue, reviewItemsOverdue } from '../../review/index.ts'
import type { Notice } from '../domain/notice.ts'
import { noticesOn } from './rule.ts'

export const reviewNotices = [noticesOn(reviewItemsOverdue, { notices: noticesOfOverdueReview })]

/**
 * Of overdue review items: at first the market's brokers who are there, after twice the time its operators. Once a day, market
 * and level, however many items there are, and with the figures of now.
 */
export async function noticesOfOverdueReview(
  db: Db,
  { market, level, day }: { market: string; level: 'due' | 'late'; day: string },
): Promise<Notice[]> {
  const { count: waitingCount, oldestHours } = await readOverdue(db, market)
  if (waitingCount === 0) return []
  const markets = await marketAncestors(db, market)
  const people = level === 'due' ? await availableBrokers(db, markets) : await listOperatorsOfMarkets(db, markets)
  return people.map(({ userId, orgId }) => ({
    ...{ orgId, userIds: [userId], kind: 'review.sla_at_risk' },
    ...{ subjectId: `review ${market} ${level}@${day}`, params: { waitingCount, oldestHours } },
  }))
}

async function availableBrokers(db: Db, markets: readonly string[]) {
  const brokers = await listBrokersOfMarkets(db, markets)
  const profiles = await findProfiles(
    db,
    brokers.map(({ userId }) => userId),
  )
  return brokers.filter(({ userId }) => profiles.get(userId)?.isAvailable)
}
