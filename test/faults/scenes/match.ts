import { idToUuid, uuidToId } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { counted, type Effects, heardBy, type Scene, type Stage, until } from './scene.ts'

type Pair = { matchId: string; seller: Principal; buyer: Principal; decide(): Promise<unknown> }

/** A broker approves a match: the decision, its deed, and the introduction that opens. */
export const decision: Scene = {
  name: 'decision of a broker',
  prepare: async (stage) => {
    const pair = await claimedMatch(stage)
    return { run: pair.decide, effects: () => effectsOf(stage, pair) }
  },
}

/** Both sides of an approved match accept to be introduced. */
export const introduction: Scene = {
  name: 'answers to an introduction',
  prepare: async (stage) => {
    const pair = await claimedMatch(stage)
    await pair.decide()
    await until(async () => (await introductionOf(stage, pair)) !== undefined, 'the introduction opens')
    await stage.quiet()
    const id = await introductionOf(stage, pair)
    const path = `/v1/introductions/${id}/responses`
    const accept = (by: Principal) => stage.send({ by, path, body: { answer: 'accept' }, key: `accept-${by.userId}` })
    const run = async () => {
      await accept(pair.buyer)
      await accept(pair.seller)
    }
    return { run, effects: () => effectsOf(stage, pair) }
  },
}

/** A pair whose match a broker holds under a lease. */
async function claimedMatch(stage: Stage): Promise<Pair> {
  const { made, database, send } = stage
  const [seller, buyer] = [await made.organisation({ kind: 'university' }), await made.organisation()]
  const broker = await made.broker()
  const title = stage.newTitle()
  await made.publishedSupply({ by: seller, title })
  const demand = await made.publishedDemand({ by: buyer, title })
  const demandId = demand.listing.id
  await until(async () => (await itemsOf(stage, demandId)) === 1, 'the match is in the queue')
  await stage.quiet()
  const claim = { limit: 1, demandId }
  const { data } = await send({ by: broker, path: '/v1/review-queue/claims', body: claim, key: `claim-${demandId}` })
  const [item] = data
  if (item === undefined) throw new Error('the broker was given no item')
  const { rows } = await database.pool.query<{ match_id: string }>('select match_id from review_items where id = $1', [
    idToUuid(item.id),
  ])
  const answer = { leaseToken: item.leaseToken, decision: 'approve' }
  const decide = () =>
    send({ by: broker, path: `/v1/review-items/${item.id}/decision`, body: answer, key: `decide-${demandId}` })
  return { matchId: rows[0]?.match_id ?? '', seller, buyer, decide }
}

async function itemsOf({ database }: Stage, demandId: string): Promise<number> {
  const { rowCount } = await database.pool.query('select from review_items where demand_id = $1', [idToUuid(demandId)])
  return rowCount ?? 0
}

async function introductionOf({ database }: Stage, { matchId }: Pair): Promise<string | undefined> {
  const { rows } = await database.pool.query<{ id: string }>('select id from introductions where match_id = $1', [
    matchId,
  ])
  const [row] = rows
  return row && uuidToId('introduction', row.id)
}

async function effectsOf({ database: { pool } }: Stage, { matchId, seller, buyer }: Pair): Promise<Effects> {
  return { ...(await counted(pool, ofMatch, [matchId])), ...(await heardBy(pool, [seller, buyer])) }
}

const ofMatch = `
  with opened as (select * from introductions where match_id = $1)
  select 'approved review item' as name, count(*)::int as count from review_items where match_id = $1 and state = 'approved'
  union all select 'introduction ' || state, count(*)::int from opened group by state
  union all select 'acceptance', (count(*) filter (where demand_answer = 'accept') +
    count(*) filter (where supply_answer = 'accept'))::int from opened
  union all select 'deed ' || kind || ' ' || action, count(*)::int from broker_deeds
    where user_id in (select broker_id from opened) group by kind, action`
