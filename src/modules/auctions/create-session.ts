import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { assertOperatorOf } from './policy.ts'
import type { CreateSessionBody } from './schemas.ts'
import { getSeason, insertSession, type Session } from './session-repo.ts'

/** A themed session (专场) of a season, in the season's market. */
export async function createSession(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  input: CreateSessionBody,
): Promise<Session> {
  const season = await getSeason(deps.db, input.seasonId)
  await assertOperatorOf(deps.db, actor, season.market, 'season')
  const { previewFrom, previewTo, ...rest } = input
  return insertSession(deps.db, {
    id: newId('auctionSession'),
    ...rest,
    market: season.market,
    previewFrom: previewFrom === undefined ? null : new Date(previewFrom),
    previewTo: previewTo === undefined ? null : new Date(previewTo),
    createdBy: actor.userId,
    createdAt: deps.clock.now(),
  })
}
