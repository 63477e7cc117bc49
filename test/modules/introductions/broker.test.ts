import { beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import { declareConflict } from '../../../src/modules/brokers/declare-conflict.ts'
import { givenAcceptedIntroduction, givenIntroduction, type IntroducedPair } from '../../support/given-introduction.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem } from '../../support/http.ts'

const harness = useHarness()
beforeEach(() => harness.reset())

const urlOf = ({ introduction }: IntroducedPair) => `/v1/introductions/${introduction.id}`
const handOver = async (pair: IntroducedPair, by: Principal, to: Principal, reasonCode = 'no_capacity') =>
  (await harness.as(by)).post(`${urlOf(pair)}/broker`, { brokerId: to.userId, reasonCode })
const detailFor = async (who: Principal, { supply }: IntroducedPair) =>
  (await (await harness.as(who)).get(`/v1/supplies/${supply.listing.id}/confidential-detail?purpose=evaluation`))
    .statusCode
const kindsTo = async (who: Principal, area: string): Promise<string[]> => {
  const { data } = (await (await harness.as(who)).get('/v1/notifications?limit=100')).json()
  return data.map(({ kind }: { kind: string }) => kind).filter((kind: string) => kind.startsWith(area))
}
const auditOf = async (action: string) =>
  (await harness.database.pool.query('select * from audit_entries where action = $1 order by seq', [action])).rows

describe('POST /v1/introductions/{id}/broker', () => {
  it('gives the introduction with what may be read to another broker, on record and told to all four', async () => {
    const pair = await givenAcceptedIntroduction(harness, { supply: { confidentialDetail: '供方机密配方' } })
    const { broker, demand, supply } = pair
    const successor = await harness.given.broker()
    expect([await detailFor(broker, pair), await detailFor(successor, pair)]).toEqual([200, 404])
    expect((await handOver(pair, broker, successor)).statusCode).toBe(204)
    expect([await detailFor(broker, pair), await detailFor(successor, pair)]).toEqual([404, 200])
    expectProblem(await (await harness.as(broker)).get(urlOf(pair)), 'NOT_FOUND')
    const seen = (await (await harness.as(successor)).get(urlOf(pair))).json()
    expect(seen).toMatchObject({ you: 'broker', state: 'accepted', broker: { id: successor.userId } })
    expect(seen.allowedActions).toEqual(['replace_broker', 'end'])
    expect((await auditOf('introduction.broker_replaced')).map(({ facts }) => facts)).toEqual([
      { by: 'broker', brokerId: successor.userId, formerBrokerId: broker.userId, reasonCode: 'no_capacity' },
    ])
    await harness.drain()
    for (const who of [broker, successor, demand.owner, supply.owner]) {
      expect(await kindsTo(who, 'introduction.broker')).toEqual(['introduction.broker_replaced'])
    }
    const { rows } = await harness.database.pool.query(
      `select user_id::text, action from broker_deeds where action in ('handed_over', 'taken_over')`,
    )
    expect(rows.map(({ action }) => action).sort()).toEqual(['handed_over', 'taken_over'])
  })

  it('gives it back to one who had it before, except what an owner took from him', async () => {
    const pair = await givenAcceptedIntroduction(harness, {
      ...{ demand: { confidentialDetail: '需方机密工况' }, supply: { confidentialDetail: '供方机密配方' } },
    })
    const { broker, supply, demand } = pair
    const [successor, operator] = [await harness.given.broker(), await harness.given.operator()]
    const owner = await harness.as(supply.owner)
    const grants = `/v1/supplies/${supply.listing.id}/disclosure-grants`
    const [grant] = (await owner.get(grants)).json().data
    expect((await owner.delete(`${grants}/${grant.id}`)).statusCode).toBe(204)
    expect((await handOver(pair, operator, successor, 'broker_left')).statusCode).toBe(204)
    const restore = `${urlOf(pair)}/disclosure-grants/${grant.id}/restore`
    expectProblem(await owner.post(restore), 'TRANSITION_NOT_ALLOWED')
    expect((await handOver(pair, successor, broker)).statusCode).toBe(204)
    expect(await detailFor(broker, pair)).toBe(404)
    const other = await (await harness.as(broker)).get(
      `/v1/demands/${demand.listing.id}/confidential-detail?purpose=evaluation`,
    )
    expect(other.json().confidentialDetail).toBe('需方机密工况')
    expect((await owner.post(restore)).statusCode).toBe(204)
    expect(await detailFor(broker, pair)).toBe(200)
  })

  it('takes no stranger, no broker of another market, none with a conflict, no unknown reason, and not from the sides', async () => {
    const pair = await givenIntroduction(harness)
    const { broker, demand, supply } = pair
    const [partial, far] = [await harness.given.broker(), await harness.given.broker('jiangsu')]
    await declareConflict(harness.deps, partial, { organisationId: supply.owner.orgId, reason: 'former_employer' })
    for (const [candidate, code] of [
      [demand.owner, 'no_broker'],
      [far, 'no_broker'],
      [partial, 'conflict_of_interest'],
      [broker, 'same_broker'],
    ] as [Principal, string][]) {
      const problem = expectProblem(await handOver(pair, broker, candidate), 'VALIDATION_FAILED')
      expect(problem.errors).toMatchObject([{ pointer: '#/brokerId', code }])
    }
    const successor = await harness.given.broker()
    expectProblem(await handOver(pair, broker, successor, 'price_too_high'), 'VALIDATION_FAILED')
    expectProblem(await handOver(pair, demand.owner, successor), 'FORBIDDEN')
    expectProblem(await handOver(pair, successor, successor), 'NOT_FOUND')
    const { client } = harness
    expectProblem(await client.post(`${urlOf(pair)}/broker`, {}), 'UNAUTHENTICATED')
    await (await harness.as(broker)).post(`${urlOf(pair)}/end`, { reasonCode: 'other' })
    expectProblem(await handOver(pair, broker, successor), 'TRANSITION_NOT_ALLOWED')
  })
})

describe('POST /v1/introductions/{id}/disclosure-grants/{grantId}/restore', () => {
  it('gives a right back that its owner took, told each time, until the introduction ends', async () => {
    const pair = await givenAcceptedIntroduction(harness, { supply: { confidentialDetail: '供方机密配方' } })
    const { demand, supply } = pair
    const [ours, theirs] = [await harness.as(supply.owner), await harness.as(demand.owner)]
    for (const side of [ours, theirs]) await side.post(`${urlOf(pair)}/nda`, { textVersion: '2026-01' })
    const grants = `/v1/supplies/${supply.listing.id}/disclosure-grants`
    const grant = (await ours.get(grants)).json().data.find(({ userId }: { userId?: string }) => userId === undefined)
    const restore = `${urlOf(pair)}/disclosure-grants/${grant.id}/restore`
    expectProblem(await ours.post(restore), 'TRANSITION_NOT_ALLOWED')
    for (const _ of ['once', 'twice']) {
      await ours.delete(`${grants}/${grant.id}`)
      expect(await detailFor(demand.owner, pair)).toBe(404)
      expectProblem(await theirs.post(restore), 'NOT_FOUND')
      expect((await ours.post(restore)).statusCode).toBe(204)
      expect(await detailFor(demand.owner, pair)).toBe(200)
      harness.clock.advance('1m')
    }
    await harness.drain()
    expect((await kindsTo(demand.owner, 'disclosure')).sort()).toEqual([
      ...['disclosure.restored', 'disclosure.restored', 'disclosure.revoked', 'disclosure.revoked'],
    ])
    expect(await auditOf('disclosure.restored')).toHaveLength(2)
    await ours.delete(`${grants}/${grant.id}`)
    await theirs.post(`${urlOf(pair)}/end`, { reasonCode: 'other' })
    expectProblem(await ours.post(restore), 'TRANSITION_NOT_ALLOWED')
  })
})
