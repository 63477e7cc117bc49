import type { Db } from '../../db/client.ts'
import { invalidField } from '../../kernel/errors.ts'
import { findBrokerIds } from '../brokers/index.ts'
import type { BrokerShare } from './domain/broker-shares.ts'

/**
 * A share of the commission is a broker's. Whoever has one already keeps it, also after leaving the trade.
 * @throws VALIDATION_FAILED that names the first who is no broker.
 */
export async function assertBrokers(
  db: Db,
  brokers: readonly BrokerShare[],
  known: readonly BrokerShare[],
): Promise<void> {
  const before = new Set<string>(known.map(({ userId }) => userId))
  const added = brokers.filter(({ userId }) => !before.has(userId))
  const found = await findBrokerIds(
    db,
    added.map(({ userId }) => userId),
  )
  const stranger = added.find(({ userId }) => !found.has(userId))
  if (stranger === undefined) return
  throw invalidField(`#/brokers/${brokers.indexOf(stranger)}/userId`, 'no_broker', 'is no broker')
}
