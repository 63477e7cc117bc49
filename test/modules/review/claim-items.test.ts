import { describe, expect, it } from 'vitest'
import { type Id, idToUuid, newId } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { claimItems } from '../../../src/modules/review/claim-items.ts'
import { openItems } from '../../../src/modules/review/open-items.ts'
import { givenDemands, givenItems, givenMatches, givenScene, givenSupplies } from './given-items.ts'
import { useReviewApi } from './review-api.ts'

const api = useReviewApi()
const claim = (actor: Principal, body: { limit?: number; demandId?: Id<'demand'>; fields?: string[] } = {}) =>
  claimItems(api.deps, actor, { limit: 10, ...body })
const endLeases = () =>
  api.rowsOf(`update review_items set lease_until = clock_timestamp() where lease_token is not null`)

/** More brokers of the same firm, without hashing a password for each. */
async function givenColleagues(broker: Principal, count: number): Promise<Principal[]> {
  const colleagues = Array.from({ length: count }, () => ({ ...broker, userId: newId('user') }))
  for (const [index, { userId }] of colleagues.entries()) {
    await api.rowsOf(
      `insert into users (id, org_id, email, display_name, password_hash, role, created_at, updated_at)
       select $1, org_id, $2, display_name, password_hash, role, created_at, updated_at from users where id = $3`,
      idToUuid(userId),
      `colleague${index}@example.com`,
      idToUuid(broker.userId),
    )
  }
  return colleagues
}

describe('claiming', () => {
  it('gives 200 items to 50 claimers at once, none of them to two', async () => {
    const scene = await givenScene(api)
    await givenItems(api, scene, { demands: 10, supplies: 20 })
    const brokers = await givenColleagues(scene.broker, 50)
    const claimAll = async (broker: Principal) => {
      const { views } = await claim(broker, { limit: 7 })
      return views.length === 0 ? [] : [...views, ...(await claim(broker, { limit: 7 })).views]
    }
    const views = (await Promise.all(brokers.map(claimAll))).flat()
    expect(views).toHaveLength(200)
    expect(new Set(views.map(({ item }) => item.id)).size).toBe(200)
    expect(new Set(views.map(({ item }) => item.leaseToken)).size).toBe(200)
    const owners = await api.rowsOf('select id, lease_owner from review_items where lease_until > clock_timestamp()')
    expect(new Map(owners.map(({ id, lease_owner }) => [id, lease_owner]))).toEqual(
      new Map(views.map(({ item }) => [idToUuid(item.id), idToUuid(item.leaseOwner ?? '')])),
    )
  })

  it('takes an expired lease at once, under a new token', async () => {
    const scene = await givenScene(api)
    await givenItems(api, scene)
    const [other] = await givenColleagues(scene.broker, 1)
    const first = await claim(scene.broker)
    expect((await claim(other as Principal)).views).toEqual([])
    await endLeases()
    const second = await claim(other as Principal)
    expect(second.views.map(({ item }) => item.id)).toEqual(first.views.map(({ item }) => item.id))
    expect(second.views[0]?.item.leaseToken).not.toBe(first.views[0]?.item.leaseToken)
    expect(second.views[0]?.item.leaseOwner).toBe(other?.userId)
  })

  it("leaves matches of the broker's own organisation to others, on either side", async () => {
    const scene = await givenScene(api)
    await givenItems(api, scene)
    const insiders = [scene.enterprise, scene.university].map(
      (owner): Principal => ({ ...scene.broker, orgId: owner.orgId }),
    )
    for (const insider of insiders) expect((await claim(insider)).views).toEqual([])
    expect((await claim(scene.broker)).views).toHaveLength(1)
  })

  it('reaches down into branches and never into another market', async () => {
    const scene = await givenScene(api)
    await scene.now.market({ code: 'ningbo-beilun', parentCode: 'ningbo', publishOnSubmit: true })
    await scene.now.market({ code: 'jiangsu', publishOnSubmit: true })
    const [supply] = await givenSupplies(scene, 1)
    const [branch] = await givenDemands(scene, 1, { market: 'ningbo-beilun' })
    const [foreign] = await givenDemands(scene, 1, { market: 'jiangsu' })
    if (!supply || !branch || !foreign) throw new Error('three listings expected')
    await openItems(api.deps, {
      matchIds: await givenMatches(api, [
        { demand: branch, supply },
        { demand: foreign, supply },
      ]),
    })
    const { views } = await claim(scene.broker)
    expect(views.map(({ item }) => item.market)).toEqual(['ningbo-beilun'])
  })

  it('hands out the most valuable first and among equals the oldest', async () => {
    const scene = await givenScene(api)
    const [demand] = await givenDemands(scene, 1)
    const supplies = await givenSupplies(scene, 4)
    if (!demand) throw new Error('a demand expected')
    const scores = [0.8, 0.6, 0.8, 0.95]
    const expected: (Id<'match'> | undefined)[] = []
    for (const [index, supply] of supplies.entries()) {
      const matchIds = await givenMatches(api, [{ demand, supply, score: scores[index] ?? 0 }])
      await openItems(api.deps, { matchIds })
      expected[index] = matchIds[0]
      api.clock.advance('1m')
    }
    const { views } = await claim(scene.broker)
    expect(views.map(({ item }) => item.matchId)).toEqual([expected[3], expected[0], expected[2], expected[1]])
  })

  it('narrows to a demand or to fields when asked', async () => {
    const scene = await givenScene(api)
    const [supply] = await givenSupplies(scene, 1)
    const [steel] = await givenDemands(scene, 1, { fields: ['new-materials'] })
    const [robot] = await givenDemands(scene, 1, { fields: ['advanced-manufacturing'] })
    if (!supply || !steel || !robot) throw new Error('three listings expected')
    const pairs = [steel, robot].map((demand) => ({ demand, supply }))
    await openItems(api.deps, { matchIds: await givenMatches(api, pairs) })
    const byDemand = await claim(scene.broker, { demandId: robot.id as Id<'demand'> })
    expect(byDemand.views.map(({ demand }) => demand.listing.id)).toEqual([robot.id])
    expect((await claim(scene.broker, { fields: ['advanced-manufacturing'] })).views).toEqual([])
    const byField = await claim(scene.broker, { fields: ['new-materials'] })
    expect(byField.views.map(({ demand }) => demand.listing.id)).toEqual([steel.id])
  })

  it('holds a broker to the limit of the market, also when claims come together', async () => {
    const scene = await givenScene(api, { maxOpenItemsPerBrokerDay: 3 })
    await givenItems(api, scene, { supplies: 8 })
    const both = await Promise.all([claim(scene.broker, { limit: 2 }), claim(scene.broker, { limit: 2 })])
    expect(both.flatMap(({ views }) => views)).toHaveLength(3)
    expect(Math.min(...both.map(({ remaining }) => remaining))).toBe(0)
    expect(await claim(scene.broker)).toEqual({ views: [], remaining: 0 })
  })

  it('wakes a snoozed item when its time has come, not before', async () => {
    const scene = await givenScene(api)
    await givenItems(api, scene)
    await api.rowsOf(`update review_items set state = 'snoozed', snoozed_until = clock_timestamp() + interval '1 hour'`)
    expect((await claim(scene.broker)).views).toEqual([])
    await api.rowsOf(`update review_items set snoozed_until = clock_timestamp()`)
    const { views } = await claim(scene.broker)
    expect(views.map(({ item }) => [item.state, item.snoozedUntil])).toEqual([['open', null]])
  })

  it('withdraws items whose match was overtaken and gives the next ones instead', async () => {
    const scene = await givenScene(api)
    const matchIds = await givenItems(api, scene, { supplies: 3 })
    await api.rowsOf(`update matches set state = 'stale' where id <> $1`, idToUuid(matchIds[2] ?? ''))
    const { views } = await claim(scene.broker, { limit: 1 })
    expect(views.map(({ item }) => item.matchId)).toEqual([matchIds[2]])
    expect(await api.rowsOf('select state from review_items order by state')).toEqual([
      { state: 'open' },
      { state: 'withdrawn' },
      { state: 'withdrawn' },
    ])
  })
})
