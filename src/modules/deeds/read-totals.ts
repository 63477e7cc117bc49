import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { assertSeesDeeds } from './assert-sees-deeds.ts'
import { countDeedsOf, type DeedCount } from './deed-repo.ts'
import { type Attributed, readAttributed } from './share-view.ts'

export type DeedTotals = { counts: DeedCount[]; attributed: Attributed; asOf: Date }

/** The ledger counted, and the broker's part in deals as they stand. @throws NOT_FOUND */
export async function readTotals(
  { db, clock }: { db: Db; clock: Clock },
  actor: Principal,
  userId: Id<'user'>,
): Promise<DeedTotals> {
  await assertSeesDeeds(db, actor, userId)
  const [counts, attributed] = await Promise.all([countDeedsOf(db, userId), readAttributed(db, userId)])
  return { counts, attributed, asOf: clock.now() }
}
