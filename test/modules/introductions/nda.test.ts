import { beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import { givenAcceptedIntroduction, givenIntroduction, type IntroducedPair } from '../../support/given-introduction.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem } from '../../support/http.ts'

const harness = useHarness()
beforeEach(() => harness.reset())

const body = { textVersion: '2026-01' }
const secrets = { demand: { confidentialDetail: '需方机密工况' }, supply: { confidentialDetail: '供方机密配方' } }
const urlOf = ({ introduction }: IntroducedPair) => `/v1/introductions/${introduction.id}`
const sign = async (pair: IntroducedPair, who: Principal) => (await harness.as(who)).post(`${urlOf(pair)}/nda`, body)
const readDetail = async (who: Principal, { supply }: IntroducedPair) =>
  (await harness.as(who)).get(`/v1/supplies/${supply.listing.id}/confidential-detail?purpose=evaluation`)
const auditOf = async (action: string) =>
  (await harness.database.pool.query('select * from audit_entries where action = $1 order by seq', [action])).rows

async function givenSigned(): Promise<IntroducedPair> {
  const pair = await givenAcceptedIntroduction(harness, secrets)
  for (const { owner } of [pair.demand, pair.supply]) expect((await sign(pair, owner)).statusCode).toBe(200)
  return pair
}

describe('POST /v1/introductions/{id}/nda', () => {
  it('records text, hash, signer and time of each side, and opens the details after the second', async () => {
    const pair = await givenAcceptedIntroduction(harness, secrets)
    const { demand, supply } = pair
    const first = (await sign(pair, demand.owner)).json()
    const [text] = (await (await harness.as(demand.owner)).get('/v1/nda-texts')).json().data
    expect(first).toMatchObject({
      ...{ state: 'in_contact', allowedActions: ['end'] },
      nda: { demand: { textVersion: text.version, textSha256: text.sha256, userId: demand.owner.userId } },
    })
    expectProblem(await readDetail(demand.owner, pair), 'NOT_FOUND')
    expect((await sign(pair, supply.owner)).json().nda.supply.userId).toBe(supply.owner.userId)
    expect((await readDetail(demand.owner, pair)).json()).toMatchObject({ confidentialDetail: '供方机密配方' })
    const other = await (await harness.as(supply.owner)).get(
      `/v1/demands/${demand.listing.id}/confidential-detail?purpose=negotiation`,
    )
    expect(other.json().confidentialDetail).toBe('需方机密工况')
  })

  it('waits for both answers, takes one signature of a side, one version of both, and no broker', async () => {
    const asked = await givenIntroduction(harness)
    expectProblem(await sign(asked, asked.demand.owner), 'TRANSITION_NOT_ALLOWED')
    const pair = await givenAcceptedIntroduction(harness)
    const unknown = await (await harness.as(pair.demand.owner)).post(`${urlOf(pair)}/nda`, { textVersion: '1999-01' })
    expect(expectProblem(unknown, 'VALIDATION_FAILED').errors).toMatchObject([{ pointer: '#/textVersion' }])
    await sign(pair, pair.demand.owner)
    expectProblem(await sign(pair, pair.demand.owner), 'ALREADY_EXISTS')
    expectProblem(await sign(pair, pair.broker), 'FORBIDDEN')
    expectProblem(await sign(pair, await harness.given.organisation()), 'NOT_FOUND')
  })

  it('cannot be unsigned in the database', async () => {
    await givenSigned()
    for (const sql of ['delete from introduction_ndas', `update introduction_ndas set text_version = 'x'`]) {
      await expect(harness.database.pool.query(sql)).rejects.toThrow('append-only')
    }
  })
})

describe('a reading of confidential detail', () => {
  it('by the other side and the broker is a row in the audit log of the owner, with purpose and watermark', async () => {
    const pair = await givenSigned()
    const { demand, supply, broker } = pair
    const readings = [(await readDetail(demand.owner, pair)).json(), (await readDetail(broker, pair)).json()]
    expect(new Set(readings.map(({ watermark }) => watermark)).size).toBe(2)
    const rows = await auditOf('confidential_detail.read')
    expect(rows.map(({ facts }) => facts)).toMatchObject([
      { watermark: readings[0].watermark, purpose: 'evaluation', readerOrgId: demand.owner.orgId },
      { watermark: readings[1].watermark, purpose: 'evaluation', readerOrgId: broker.orgId },
    ])
    expect(JSON.stringify(rows)).not.toContain('机密')
    const log = (await (await harness.as(supply.owner)).get('/v1/audit-entries?action=confidential_detail.read')).json()
    expect(log.data).toHaveLength(2)
  })

  it('by the owner leaves none, and of nobody else exists', async () => {
    const pair = await givenSigned()
    expect((await readDetail(pair.supply.owner, pair)).json()).toMatchObject({
      ...{ confidentialDetail: '供方机密配方', watermark: null },
    })
    const strangers = [await harness.given.organisation(), await harness.given.broker(), await harness.given.operator()]
    for (const stranger of strangers) expectProblem(await readDetail(stranger, pair), 'NOT_FOUND')
    const url = `/v1/supplies/${pair.supply.listing.id}/confidential-detail`
    expectProblem(await harness.client.get(`${url}?purpose=evaluation`), 'UNAUTHENTICATED')
    expectProblem(await (await harness.as(pair.demand.owner)).get(url), 'VALIDATION_FAILED')
    expect(await auditOf('confidential_detail.read')).toEqual([])
  })

  it('is over at once when the owner takes the right back', async () => {
    const pair = await givenSigned()
    const owner = await harness.as(pair.supply.owner)
    const url = `/v1/supplies/${pair.supply.listing.id}/disclosure-grants`
    const grants = (await owner.get(url)).json().data
    expect(grants).toMatchObject([
      { userId: pair.broker.userId, ground: pair.introduction.id, isActive: true },
      { organisation: { id: pair.demand.owner.orgId }, ground: pair.introduction.id, isActive: true },
    ])
    const stranger = await harness.as(pair.demand.owner)
    expectProblem(await stranger.get(url), 'NOT_FOUND')
    expectProblem(await stranger.delete(`${url}/${grants[1].id}`), 'NOT_FOUND')
    expect((await owner.delete(`${url}/${grants[1].id}`)).statusCode).toBe(204)
    expectProblem(await readDetail(pair.demand.owner, pair), 'NOT_FOUND')
    expect((await readDetail(pair.broker, pair)).statusCode).toBe(200)
    expectProblem(await owner.delete(`${url}/${grants[1].id}`), 'NOT_FOUND')
    expect((await auditOf('disclosure.revoked')).map(({ facts }) => facts.grantId)).toEqual([grants[1].id])
  })

  it('is over for all when the introduction ends', async () => {
    const pair = await givenSigned()
    const ended = await (await harness.as(pair.demand.owner)).post(`${urlOf(pair)}/end`, { reasonCode: 'other' })
    expect(ended.statusCode).toBe(200)
    for (const who of [pair.demand.owner, pair.broker]) expectProblem(await readDetail(who, pair), 'NOT_FOUND')
    expect((await readDetail(pair.supply.owner, pair)).statusCode).toBe(200)
  })
})
