import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { assertOperatorOf } from './policy.ts'
import type { CreateSeasonBody } from './schemas.ts'
import { insertSeason, type Season } from './session-repo.ts'

/** A season (拍卖季) of a market: what sessions belong to and what is reported on. */
export async function createSeason(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  input: CreateSeasonBody,
): Promise<Season> {
  await assertOperatorOf(deps.db, actor, input.market, 'market')
  return insertSeason(deps.db, {
    id: newId('auctionSeason'),
    ...input,
    createdBy: actor.userId,
    createdAt: deps.clock.now(),
  })
}
