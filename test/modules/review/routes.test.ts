import { describe, expect, it } from 'vitest'
import { idToUuid, newId } from '../../../src/kernel/ids.ts'
import { givenItems, givenScene } from './given-items.ts'
import { useReviewApi } from './review-api.ts'

const api = useReviewApi()
const claims = '/v1/review-queue/claims'

async function givenClaim(items = 1) {
  const scene = await givenScene(api)
  await givenItems(api, scene, { supplies: items })
  const { body } = await api.call('POST', claims, { as: scene.broker, body: { limit: 1 } })
  const [item] = body.data
  return { scene, item, url: `/v1/review-items/${item.id}`, lease: { leaseToken: item.leaseToken } }
}

describe('POST /v1/review-queue/claims', () => {
  it('answers with leased items, their matches and what members may see of both listings', async () => {
    const { scene, item } = await givenClaim()
    expect(item).toMatchObject({
      state: 'open',
      leasedBy: scene.broker.userId,
      match: { state: 'proposed', explanation: ['因为是测试'] },
      demand: { organisation: { id: scene.enterprise.orgId }, description: expect.any(String) },
      supply: { organisation: { id: scene.university.orgId }, title: expect.any(String) },
      conflictOfInterest: false,
    })
    expect(Date.parse(item.leaseUntil)).toBeGreaterThan(Date.now())
    for (const secret of ['机密工艺参数', '密先生', '13800000000']) expect(JSON.stringify(item)).not.toContain(secret)
    expect(await api.rowsOf('select detail from listing_confidentials')).toHaveLength(2)
  })

  it('gives a repeat with the same key the same lease, and leases nothing more', async () => {
    const scene = await givenScene(api)
    await givenItems(api, scene, { supplies: 3 })
    const request = { as: scene.broker, body: { limit: 1 }, key: 'claim-0123456789abcdef' }
    const first = await api.call('POST', claims, request)
    expect((await api.call('POST', claims, request)).body).toEqual(first.body)
    expect(await api.rowsOf('select id from review_items where lease_token is not null')).toHaveLength(1)
  })

  it('refuses wrong bodies, strangers and roles that do not decide', async () => {
    const scene = await givenScene(api)
    const status = async (body: unknown) => (await api.call('POST', claims, { as: scene.broker, body })).status
    expect(await status({ limit: 51 })).toBe(400)
    expect(await status({ fields: ['no-such-field'] })).toBe(400)
    expect(await status({ colour: 'red' })).toBe(400)
    expect((await api.call('POST', claims, { body: {} })).status).toBe(401)
    for (const as of [scene.enterprise, scene.operator]) {
      expect((await api.call('POST', claims, { as, body: {} })).status).toBe(403)
    }
  })
})

describe('POST /v1/review-items/{id}/decision', () => {
  it('answers with the decided item and refuses a second decision', async () => {
    const { scene, url, lease } = await givenClaim()
    const body = { ...lease, decision: 'reject', reasonCode: 'price_too_high', note: '预算差三倍' }
    const { status, body: decided } = await api.call('POST', `${url}/decision`, { as: scene.broker, body })
    expect([status, decided]).toMatchObject([
      200,
      {
        state: 'decided',
        decision: 'reject',
        reasonCode: 'price_too_high',
        note: '预算差三倍',
        decidedBy: scene.broker.userId,
        match: { state: 'rejected' },
      },
    ])
    expect(decided.leaseToken).toBeUndefined()
    const again = await api.call('POST', `${url}/decision`, { as: scene.broker, body })
    expect([again.status, again.body.code]).toEqual([409, 'ALREADY_DECIDED'])
  })

  it('replays the answer under its key instead of refusing the repeat', async () => {
    const { scene, url, lease } = await givenClaim()
    const request = { as: scene.broker, body: { ...lease, decision: 'approve' }, key: 'decide-0123456789abcdef' }
    const first = await api.call('POST', `${url}/decision`, request)
    expect(first.status).toBe(200)
    expect(await api.call('POST', `${url}/decision`, request)).toEqual(first)
    expect(await api.eventsOf('match.approved')).toHaveLength(1)
  })

  it.each([
    [{ decision: 'reject' }, '#/reasonCode'],
    [{ decision: 'reject', reasonCode: 'waiting_for_party' }, '#/reasonCode'],
    [{ decision: 'snooze', reasonCode: 'price_too_high', until: '2026-12-01T00:00:00Z' }, '#/reasonCode'],
    [{ decision: 'snooze', reasonCode: 'no_capacity' }, '#/until'],
    [{ decision: 'approve', until: '2026-12-01T00:00:00Z' }, '#/until'],
    [{ decision: 'maybe' }, '#/decision'],
  ])('refuses %j', async (answer, pointer) => {
    const { scene, url, lease } = await givenClaim()
    const { status, body } = await api.call('POST', `${url}/decision`, {
      as: scene.broker,
      body: { ...lease, ...answer },
    })
    expect([status, body.errors.map((error: { pointer: string }) => error.pointer)]).toEqual([400, [pointer]])
  })

  it('refuses a wrong token, operators, the signed-out, and items that do not exist', async () => {
    const { scene, url } = await givenClaim()
    const body = { leaseToken: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff', decision: 'approve' }
    const lost = await api.call('POST', `${url}/decision`, { as: scene.broker, body })
    expect([lost.status, lost.body.code]).toEqual([409, 'LEASE_LOST'])
    expect((await api.call('POST', `${url}/decision`, { as: scene.operator, body })).status).toBe(403)
    expect((await api.call('POST', `${url}/decision`, { body })).status).toBe(401)
    const nowhere = `/v1/review-items/${newId('reviewItem')}/decision`
    expect((await api.call('POST', nowhere, { as: scene.broker, body })).status).toBe(404)
  })
})

describe('POST /v1/review-items/{id}/heartbeat and /release', () => {
  it('keep an item and give it back', async () => {
    const { scene, item, url, lease } = await givenClaim()
    await api.rowsOf(`update review_items set lease_until = lease_until - interval '5 minutes'`)
    const beat = await api.call('POST', `${url}/heartbeat`, { as: scene.broker, body: lease })
    expect(beat.status).toBe(200)
    expect(Date.parse(beat.body.leaseUntil)).toBeGreaterThanOrEqual(Date.parse(item.leaseUntil))
    const released = await api.call('POST', `${url}/release`, { as: scene.broker, body: lease })
    expect([released.status, released.body]).toEqual([204, undefined])
    const late = await api.call('POST', `${url}/heartbeat`, { as: scene.broker, body: lease })
    expect([late.status, late.body.code]).toEqual([409, 'LEASE_LOST'])
  })

  it('refuse a body without a token, and whoever does not work there', async () => {
    const { scene, url, lease } = await givenClaim()
    for (const verb of ['heartbeat', 'release']) {
      expect((await api.call('POST', `${url}/${verb}`, { as: scene.broker, body: {} })).status).toBe(400)
      expect((await api.call('POST', `${url}/${verb}`, { body: lease })).status).toBe(401)
      expect((await api.call('POST', `${url}/${verb}`, { as: scene.university, body: lease })).status).toBe(403)
    }
  })
})

describe('GET /v1/review-items', () => {
  it('lists the items of the market without long texts and pages through them', async () => {
    const { scene } = await givenClaim(3)
    const first = await api.call('GET', '/v1/review-items?limit=2', { as: scene.operator })
    expect(first.body.data).toHaveLength(2)
    expect(first.body.data[0].demand.description).toBeUndefined()
    const second = await api.call('GET', `/v1/review-items?limit=2&cursor=${first.body.page.nextCursor}`, {
      as: scene.operator,
    })
    const ids = [...first.body.data, ...second.body.data].map(({ id }: { id: string }) => id)
    expect(new Set(ids).size).toBe(3)
    expect(second.body.page).toEqual({ nextCursor: null, hasMore: false })
  })

  it('filters by state, by market within the own ones, and by what is mine', async () => {
    const { scene, item, url, lease } = await givenClaim(2)
    await scene.now.market({ code: 'jiangsu' })
    const idsOf = async (query: string, as = scene.broker) =>
      (await api.call('GET', `/v1/review-items?${query}`, { as })).body.data.map(({ id }: { id: string }) => id)
    expect(await idsOf('mine=true')).toEqual([item.id])
    expect(await idsOf('market=jiangsu')).toEqual([])
    expect(await idsOf('state=decided')).toEqual([])
    await api.call('POST', `${url}/decision`, { as: scene.broker, body: { ...lease, decision: 'approve' } })
    expect(await idsOf('state=decided&mine=true')).toEqual([item.id])
    expect(await idsOf('mine=true', await scene.now.broker())).toEqual([])
  })

  it('shows the token to its holder alone', async () => {
    const { scene, item, url } = await givenClaim()
    expect((await api.call('GET', url, { as: scene.broker })).body.leaseToken).toBe(item.leaseToken)
    const seen = (await api.call('GET', url, { as: scene.operator })).body
    expect([seen.leasedBy, seen.leaseToken]).toEqual([scene.broker.userId, undefined])
  })

  it('tell where evidence stands when one is read, and spare lists the search', async () => {
    const { scene, item, url } = await givenClaim()
    const [first, second] = [item.demand.title, item.supply.title].map((title: string) => title.slice(0, 2))
    const evidence = [first, second].map((term) => ({ kind: 'phrase', term, weight: 1 }))
    const part = { feature: 'content_standing', value: 1, weight: 1, contribution: 1, evidence }
    await api.rowsOf('update matches set parts = $1', JSON.stringify([part]))
    const { body } = await api.call('GET', url, { as: scene.broker })
    const { spans } = body.match.parts[0].evidence[0]
    expect(spans.demand[0]).toEqual({ field: 'title', start: 0, end: 2 })
    expect(body.match.parts[0].evidence[1].spans.supply[0]).toEqual({ field: 'title', start: 0, end: 2 })
    const list = await api.call('GET', '/v1/review-items', { as: scene.broker })
    expect(list.body.data[0].match.parts[0].evidence).toEqual(evidence)
  })

  it('hides items of other markets, and refuses who has no business there', async () => {
    const { scene, url } = await givenClaim()
    const foreign = await scene.now.broker('jiangsu')
    expect((await api.call('GET', url, { as: foreign })).status).toBe(404)
    expect((await api.call('GET', '/v1/review-items', { as: foreign })).body.data).toEqual([])
    expect((await api.call('GET', '/v1/review-items/rev_x', { as: scene.broker })).status).toBe(400)
    expect((await api.call('GET', url, { as: scene.enterprise })).status).toBe(403)
    expect((await api.call('GET', url)).status).toBe(401)
  })
})

describe('GET /v1/review-queue', () => {
  it('counts what is open, leased and snoozed, by market and field, with the age of the oldest', async () => {
    const { scene, item } = await givenClaim(4)
    await api.rowsOf(`update review_items set created_at = clock_timestamp() - interval '2 hours'`)
    await api.rowsOf(
      `with one as (select id from review_items where id <> $1 order by id limit 1)
       update review_items set state = 'snoozed', snoozed_until = clock_timestamp() + interval '1 day',
         created_at = created_at - interval '9 hours' where id in (select id from one)`,
      idToUuid(item.id),
    )
    const { status, body } = await api.call('GET', '/v1/review-queue', { as: scene.operator })
    const counts = { open: 2, leased: 1, snoozed: 1, overdue: expect.any(Number), oldestAgeSeconds: expect.any(Number) }
    expect([status, body]).toEqual([
      200,
      {
        ...counts,
        secondReading: { read: 0, agreed: 0 },
        byMarket: [{ market: 'ningbo', ...counts }],
        byField: item.fields.map((field: string) => ({ field, ...counts })),
      },
    ])
    expect(body.oldestAgeSeconds).toBeGreaterThanOrEqual(7_200)
    expect(body.oldestAgeSeconds).toBeLessThan(7_300)
  })

  it('is empty, not absent, where nothing waits, and only for brokers and operators', async () => {
    const scene = await givenScene(api)
    expect((await api.call('GET', '/v1/review-queue', { as: scene.broker })).body).toEqual({
      ...{ open: 0, leased: 0, snoozed: 0, overdue: 0, oldestAgeSeconds: null },
      secondReading: { read: 0, agreed: 0 },
      ...{ byMarket: [], byField: [] },
    })
    expect((await api.call('GET', '/v1/review-queue')).status).toBe(401)
    expect((await api.call('GET', '/v1/review-queue', { as: scene.university })).status).toBe(403)
    expect((await api.call('GET', '/v1/review-queue?colour=red', { as: scene.broker })).status).toBe(400)
  })
})

describe('the examples of the document', () => {
  it.each(['Review', 'Notifications'])('of %s satisfy their schemas', (tag) => {
    const wrong = api.routes
      .filter((route) => route.tag === tag)
      .flatMap(({ operationId, body, response, example }) => [
        body?.safeParse(example.body).success === false ? `${operationId} body` : undefined,
        response?.safeParse(example.response).success === false ? `${operationId} response` : undefined,
      ])
    expect(wrong.filter((name) => name !== undefined)).toEqual([])
    expect(wrong.length).toBeGreaterThan(0)
  })
})
