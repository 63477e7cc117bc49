import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { addDays, type Clock } from '../../kernel/clock.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import { cancel, type Outcome } from '../../kernel/job.ts'
import { appendEvents } from '../../outbox/append.ts'
import { findListings } from '../listings/index.ts'
import { getMarket } from '../markets/index.ts'
import { getMatch, type Match } from '../matching/index.ts'
import { factOf, introductionOpened } from './events.ts'
import { type Introduction, insertIntroduction } from './introduction-repo.ts'
import { findApprover, type Person } from './people-view.ts'

/** Asks both sides of an approved match, once: a second run finds the introduction there. */
export async function openIntroduction(
  { db, clock }: { db: Db; clock: Clock },
  { matchId }: { matchId: Id<'match'> },
): Promise<Outcome | undefined> {
  const match = await getMatch(db, matchId)
  const listings = await findListings(db, [match.demandId, match.supplyId])
  const isOnMarket = listings.length === 2 && listings.every(({ state }) => state === 'published')
  if (match.state !== 'approved' || !isOnMarket) return cancel('the match was overtaken')
  const broker = await findApprover(db, matchId)
  if (broker === undefined) return cancel('nobody approved the match')
  const { rules } = await getMarket(db, match.market)
  const now = clock.now()
  const introduction = asked(match, broker, { now, answerBy: addDays(now, rules.introductionAnswerDays) })
  await withTx(db, async (tx) => {
    if (await insertIntroduction(tx, introduction)) {
      await appendEvents(tx, [introductionOpened(factOf(introduction), now)])
    }
  })
  return undefined
}

function asked(
  { id: matchId, demandId, supplyId, demandOrgId, supplyOrgId, market }: Match,
  broker: Pick<Person, 'id' | 'orgId'>,
  { now, answerBy }: { now: Date; answerBy: Date },
): Introduction {
  return {
    id: newId('introduction'),
    ...{ matchId, demandId, supplyId, demandOrgId, supplyOrgId, market },
    brokerId: broker.id,
    brokerOrgId: broker.orgId,
    state: 'asked',
    ...{ demandAnswer: null, demandAnsweredBy: null, demandAnsweredAt: null },
    ...{ supplyAnswer: null, supplyAnsweredBy: null, supplyAnsweredAt: null },
    answerBy,
    ...{ chases: 0, chasedAt: null, acceptedAt: null, endedBy: null, endedAt: null, reasonCode: null, note: null },
    ...{ version: 1, createdAt: now, updatedAt: now },
  }
}
