import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { findMutualOfPair } from '../introductions/index.ts'
import type { BrokerShare } from './domain/broker-shares.ts'

/**
 * Who carried a deal that an auction, a quote or an open licence brought about: the broker who brought its two sides together about
 * this very supply, as long as neither has broken that off. Without one it is nobody's.
 */
export async function brokersOfPair(
  db: Db,
  { supplyId, acquirerOrgId }: { supplyId: Id<'supply'>; acquirerOrgId: Id<'organisation'> },
): Promise<BrokerShare[]> {
  const introduction = await findMutualOfPair(db, { supplyId, demandOrgId: acquirerOrgId })
  return introduction === undefined ? [] : [{ userId: introduction.brokerId, shareBp: 10_000 }]
}
