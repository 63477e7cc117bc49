import { beforeEach, describe, expect, it } from 'vitest'
import { checkListings } from '../../../src/modules/duplicates/check-listings.ts'
import { useHarness } from '../../support/harness.ts'
import type { HttpClient } from '../../support/http.ts'

const harness = useHarness()
let operator: HttpClient

const text = {
  title: '混合动力双电机壳体高真空压铸技术',
  description:
    '采用高真空压铸与随形冷却流道，壳体壁厚 3.5 mm，气密性泄漏量不大于 5 mL/min，抗拉强度不低于 280 MPa，已用于两款车型的量产。',
}
const patent = { ipRights: [{ type: 'invention', number: '201710601862.3', legalState: 'granted' }] }

beforeEach(async () => {
  await harness.reset()
  await harness.given.market({ publishOnSubmit: true })
  operator = await harness.as(await harness.given.operator())
})

const supply = async (fields: Record<string, unknown>) => (await harness.given.publishedSupply(fields)).listing
const open = async (client = operator) => (await client.get('/v1/duplicate-candidates')).json().data
const check = () => checkListings(harness.deps)
const decide = (client: HttpClient, id: string, body: Record<string, unknown>) =>
  client.post(`/v1/duplicate-candidates/${id}/decision`, body)

describe('duplicates', () => {
  it('are found by text, by patent and by the id at a source, each pair once, and nothing else is', async () => {
    const first = await supply(text)
    const second = await supply({ ...text, title: '混合动力双电机壳体的高真空压铸技术', ...patent })
    const third = await supply({
      ...{ title: '石墨烯散热膜', description: '面向手机的薄膜散热，导热系数高，可卷对卷制备。', ...patent },
      provenance: { source: '浙江知识产权交易中心', url: 'https://example.cn/a/1' },
    })
    const fourth = await supply({
      ...{ title: '一种土壤修复微生物菌剂', description: '以三株菌复配，适用于重金属污染的农田。' },
      provenance: { source: '浙江知识产权交易中心', url: 'https://example.cn/a/1' },
    })
    await supply({ title: '钢渣制备透水砖', description: '固废利用，抗压强度满足国标，成本低。' })
    await check()
    await check()
    const found = (await open()).map((pair: { reasons: string[]; listings: { id: string }[] }) => ({
      reasons: pair.reasons,
      ids: pair.listings.map(({ id }) => id).sort(),
    }))
    const pairOf = (reasons: string[], ...listings: { id: string }[]) => ({
      reasons,
      ids: listings.map(({ id }) => id).sort(),
    })
    expect(found).toHaveLength(3)
    expect(found).toEqual(
      expect.arrayContaining([
        pairOf(['text'], first, second),
        pairOf(['patent_number'], second, third),
        pairOf(['external_id'], third, fourth),
      ]),
    )
  })

  it('merge into one: the address of the other leads to it, its owner still reads its own, and history says who and why', async () => {
    const [survivor, { listing: merged, owner }] = [await supply(text), await harness.given.publishedSupply(text)]
    await check()
    const [pair] = await open()
    const done = await decide(operator, pair.id, { decision: 'merge', survivorId: survivor.id })
    expect(done.json()).toMatchObject({ state: 'merged', survivorId: survivor.id })
    const answer = await harness.client.get(`/v1/supplies/${merged.id}`)
    expect(answer.statusCode).toBe(308)
    expect(answer.headers.location).toBe(`/v1/supplies/${survivor.id}`)
    expect(answer.json()).toMatchObject({ code: 'LISTING_MERGED', mergedInto: survivor.id })
    const own = (await (await harness.as(owner)).get(`/v1/supplies/${merged.id}`)).json()
    expect(own).toMatchObject({ state: 'closed', outcome: 'invalid', mergedInto: survivor.id, title: text.title })
    const history = (await operator.get(`/v1/supplies/${merged.id}/history`)).json().data
    expect(history[0]).toMatchObject({ action: 'close', reasons: ['duplicate'], note: survivor.id, by: 'operator' })
    expect((await decide(operator, pair.id, { decision: 'dismiss' })).json().code).toBe('ALREADY_DECIDED')
  })

  it('of one owner bring their files along, each once and with where it came from; those of two owners do not', async () => {
    const { listing: survivor, owner } = await harness.given.publishedSupply(text)
    const { listing: merged } = await harness.given.publishedSupply({ ...text, by: owner })
    const { listing: foreign, owner: other } = await harness.given.publishedSupply(text)
    const user = await harness.as(owner)
    const send = (client: HttpClient, { id }: { id: string }, words: string, tier: string) =>
      client.post(`/v1/supplies/${id}/attachments`, Buffer.from(words), {
        ...{ query: { fileName: `${words}.txt`, tier }, headers: { 'content-type': 'application/octet-stream' } },
      })
    await send(user, survivor, '图纸', 'member')
    await send(user, merged, '图纸', 'member')
    await send(user, merged, '配方', 'confidential')
    await send(await harness.as(other), foreign, '外来', 'public')
    await check()
    for (const { id } of [merged, foreign]) {
      const pair = (await open()).find(({ listings }: { listings: { id: string }[] }) =>
        [id, survivor.id].every((each) => listings.some((side) => side.id === each)),
      )
      expect((await decide(operator, pair.id, { decision: 'merge', survivorId: survivor.id })).statusCode).toBe(200)
    }
    const { data } = (await user.get(`/v1/supplies/${survivor.id}/attachments`)).json()
    expect(data.map(({ fileName, cameFrom }: Record<string, string>) => [fileName, cameFrom])).toEqual([
      ['图纸.txt', undefined],
      ['配方.txt', merged.id],
    ])
    const secret = data.find(({ tier }: { tier: string }) => tier === 'confidential')
    const link = (await user.post(`/v1/attachments/${secret.id}/links`, { purpose: 'evaluation' })).json()
    const file = await harness.client.get(link.url.replace('https://api.example.cn', ''))
    expect(file.rawPayload.toString()).toBe('配方')
    const { rows } = await harness.database.pool.query(
      `select facts->'movedFiles' as moved from audit_entries where action = 'duplicate_candidate.decided' order by at, seq`,
    )
    expect(rows.map(({ moved }) => moved).sort()).toEqual([0, 1])
  })

  it('settle themselves when one of them leaves the market', async () => {
    const { listing, owner } = await harness.given.publishedSupply(text)
    await supply(text)
    await check()
    expect(await open()).toHaveLength(1)
    await (await harness.as(owner)).post(`/v1/supplies/${listing.id}/withdraw`)
    expect(await open()).toEqual([])
  })

  it('lead straight to the last survivor when that one is merged, too', async () => {
    const [first, second, third] = [await supply(text), await supply(text), await supply(text)]
    await check()
    const between = async (one: { id: string }, other: { id: string }) =>
      (await open()).find(({ listings }: { listings: { id: string }[] }) =>
        [one, other].every(({ id }) => listings.some((side) => side.id === id)),
      ).id
    await decide(operator, await between(first, second), { decision: 'merge', survivorId: second.id })
    await decide(operator, await between(second, third), { decision: 'merge', survivorId: third.id })
    for (const { id } of [first, second]) {
      expect((await harness.client.get(`/v1/supplies/${id}`)).headers.location).toBe(`/v1/supplies/${third.id}`)
    }
  })

  it('of two markets are linked and not merged, by either desk and no third', async () => {
    await harness.given.market({ code: 'jiangsu', publishOnSubmit: true })
    await harness.given.market({ code: 'anhui', publishOnSubmit: true })
    const [here, there] = [await supply(text), await supply({ ...text, market: 'jiangsu' })]
    await check()
    const desk = await harness.as(await harness.given.operator('jiangsu'))
    const [pair] = await open(desk)
    expect(pair).toMatchObject({ isMergeable: false })
    const wrong = await decide(desk, pair.id, { decision: 'merge', survivorId: here.id })
    expect(wrong.json().errors).toMatchObject([{ code: 'across_markets' }])
    const stranger = await harness.as(await harness.given.operator('anhui'))
    expect(await open(stranger)).toEqual([])
    expect((await decide(stranger, pair.id, { decision: 'link' })).statusCode).toBe(404)
    expect((await decide(desk, pair.id, { decision: 'link' })).json()).toMatchObject({ state: 'linked' })
    expect((await harness.client.get(`/v1/supplies/${there.id}`)).statusCode).toBe(200)
  })

  it('that were dismissed do not come back when a listing is renewed, and a changed text is compared anew', async () => {
    const { listing: other, owner } = await harness.given.publishedSupply(text)
    await supply(text)
    await check()
    const [pair] = await open()
    await decide(operator, pair.id, { decision: 'dismiss' })
    const user = await harness.as(owner)
    await user.post(`/v1/supplies/${other.id}/renew`)
    await check()
    expect(await open()).toEqual([])
    const lens = {
      title: '红外硫系玻璃镜片精密模压',
      description: '面向车载夜视的镜片模压，面形精度与透过率满足整机要求。',
    }
    await supply(lens)
    const changed = await user.patch(`/v1/supplies/${other.id}`, lens, { headers: { 'if-match': '"v4"' } })
    expect(changed.statusCode, changed.body).toBe(200)
    await check()
    expect((await open()).map(({ reasons }: { reasons: string[] }) => reasons)).toEqual([['text']])
  })

  it('are for operators', async () => {
    expect((await harness.client.get('/v1/duplicate-candidates')).statusCode).toBe(401)
    expect((await (await harness.as('member')).get('/v1/duplicate-candidates')).statusCode).toBe(403)
    expect((await operator.get('/v1/duplicate-candidates', { query: { state: 'lost' } })).statusCode).toBe(400)
  })
})
