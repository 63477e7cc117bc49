import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { readBroker } from '../brokers/index.ts'

/** The ledger is for the broker, the owner of the firm and the operator of the market. @throws NOT_FOUND for others. */
export async function assertSeesDeeds(db: Db, actor: Principal, userId: Id<'user'>): Promise<void> {
  const { isFull } = await readBroker({ db }, actor, userId)
  if (!isFull) throw notFound('broker')
}
