import { beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import { matchListing } from '../../../src/modules/matching/match-listing.ts'
import { listMatchesOf, type Side } from '../../../src/modules/matching/match-repo.ts'
import { type Given, given, type Made } from '../../support/given.ts'
import { expectProblem } from '../../support/http.ts'
import { useMatchingApi } from './matching-api.ts'
import { BATTERY_DEMAND, BATTERY_SUPPLY, noiseSupply } from './texts.ts'

const api = useMatchingApi()
let market: Given
let wanted: Made
let offered: Made[]

const titles = ['一种磷酸铁锂正极材料及其制备方法', '磷酸铁锂正极材料低温改性技术', '磷酸铁锂电池低温性能提升方法']

beforeEach(async () => {
  market = given(api.deps)
  await market.market({ publishOnSubmit: true })
  const university = await market.organisation({ kind: 'university' })
  offered = []
  for (const title of titles) offered.push(await market.publishedSupply({ by: university, ...BATTERY_SUPPLY, title }))
  wanted = await market.publishedDemand(BATTERY_DEMAND)
  for (const made of [...offered, wanted]) await matchListing(api.deps, { listingId: made.listing.id as Side })
})

const matchesUrl = ({ listing }: Made) =>
  `/v1/${listing.kind === 'demand' ? 'demands' : 'supplies'}/${listing.id}/matches`
const matchIds = async () => (await listMatchesOf(api.deps.db, wanted.listing.id as Side)).map(({ id }) => id)

describe.each([
  ['/v1/demands/{id}/matches', () => wanted, 3],
  ['/v1/supplies/{id}/matches', () => offered[0] as Made, 1],
])('GET %s', (_, made, count) => {
  const url = () => matchesUrl(made())
  const read = async (actor: Principal) => (await api.as(actor).get(url())).json()

  it('lists the matches for the owner, best first', async () => {
    const { data, page } = await read(made().owner)
    expect(data).toHaveLength(count)
    expect(page).toEqual({ nextCursor: null, hasMore: false })
    const scores = data.map((match: { score: number }) => match.score)
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
  })

  it('lists them for brokers and operators of the market', async () => {
    expect((await read(await market.broker())).data).toHaveLength(count)
    expect((await read(await market.operator())).data).toHaveLength(count)
  })

  it('shows them to nobody else', async () => {
    await market.market({ code: 'jiangsu' })
    const strangers = [await market.organisation(), made() === wanted ? offered[0]?.owner : wanted.owner]
    for (const stranger of strangers) expectProblem(await api.as(stranger as Principal).get(url()), 'NOT_FOUND')
    expectProblem(await api.anonymous().get(url()), 'UNAUTHENTICATED')
    const elsewhere = await api.as(await market.operator('jiangsu')).get(url())
    if (made() === wanted) expectProblem(elsewhere, 'NOT_FOUND')
    else expect(elsewhere.json().data).toEqual([])
  })
})

describe('a list of matches', () => {
  it('is read page by page without gap or repetition', async () => {
    const seen: string[] = []
    let cursor: string | null | undefined
    do {
      const query = { limit: '1', ...(cursor ? { cursor } : {}) }
      const { data, page } = (await api.as(wanted.owner).get(matchesUrl(wanted), { query })).json()
      seen.push(...data.map((match: { id: string }) => match.id))
      cursor = page.nextCursor
    } while (cursor)
    expect(seen).toHaveLength(3)
    expect(new Set(seen)).toEqual(new Set(await matchIds()))
  })

  it('keeps to the least score and the state that are asked for', async () => {
    const all = (await api.as(wanted.owner).get(matchesUrl(wanted))).json().data
    const minScore = all[1].score.toFixed(6)
    const some = (await api.as(wanted.owner).get(matchesUrl(wanted), { query: { minScore } })).json().data
    expect(some.length).toBeLessThan(3)
    for (const { score } of some) expect(score).toBeGreaterThanOrEqual(Number(minScore))
    const stale = (await api.as(wanted.owner).get(matchesUrl(wanted), { query: { state: 'stale' } })).json().data
    expect(stale).toEqual([])
    expectProblem(await api.as(wanted.owner).get(matchesUrl(wanted), { query: { minScore: '2' } }), 'VALIDATION_FAILED')
  })
})

type Place = { field: string; start: number; end: number }
type Piece = { kind: string; term: string; spans: { demand: Place[]; supply: Place[] } }

describe('GET /v1/matches/{id}', () => {
  const readOne = async (reader: Principal = wanted.owner) => api.as(reader).get(`/v1/matches/${(await matchIds())[0]}`)

  it('gives the full explanation with both teasers, and no more of the listings', async () => {
    const [id] = await matchIds()
    for (const reader of [wanted.owner, offered[0]?.owner as Principal, await market.broker()]) {
      const answer = await api.as(reader).get(`/v1/matches/${id}`)
      const match = answer.json()
      expect(match).toMatchObject({ id, state: 'proposed', gates: [], demand: { title: BATTERY_DEMAND.title } })
      expect(match.parts.some(({ evidence }: { evidence: unknown[] }) => evidence.length > 0)).toBe(true)
      expect(match.explanation[0]).toMatch(/经纪人认可的概率约 \d+%/)
      expect(match.supply).toMatchObject({ organisation: { kind: 'university' }, trustCode: 'green' })
      expect(answer.body).not.toContain('容量保持率不足')
    }
  })

  it('tells where the evidence stands in both texts, and nothing that is confidential', async () => {
    const { parts } = (await readOne()).json()
    const pieces = parts.flatMap(({ evidence }: { evidence: Piece[] }) => evidence)
    const phrases = pieces.filter(({ kind }: Piece) => kind === 'phrase')
    expect(phrases.map(({ term }: Piece) => term)).toContain('磷酸铁锂')
    for (const { term, spans } of phrases) {
      expect(spans.demand.length).toBeGreaterThan(0)
      expect(spans.supply.length).toBeGreaterThan(0)
      const texts = { ...BATTERY_DEMAND, 'keywords.0': '磷酸铁锂', 'keywords.1': '低温' } as Record<string, unknown>
      for (const { field, start, end } of spans.demand) expect(String(texts[field]).slice(start, end)).toBe(term)
    }
    const fields = new Set(pieces.flatMap(({ spans }: Piece) => (spans?.demand ?? []).map(({ field }) => field)))
    expect([...fields].every((field) => /^(title|description|problem|keywords\.\d)$/.test(String(field)))).toBe(true)
  })

  it('has no places where the text has changed since or left the market, and lists have none at all', async () => {
    const stored = () => api.rowsOf('select parts from matches order by id')
    const before = await stored()
    expect(JSON.stringify((await api.as(wanted.owner).get(matchesUrl(wanted))).json())).not.toContain('spans')
    await api.rowsOf(`update listings set title = '另一个题目', description = '别的', keywords = '{}',
      details = details || '{"problem": "别的"}' where kind = 'demand'`)
    const spansNow = async (reader: Principal) =>
      (await readOne(reader))
        .json()
        .parts.flatMap(({ evidence }: { evidence: Piece[] }) =>
          evidence.flatMap(({ kind, spans }) => (kind === 'phrase' ? [spans] : [])),
        )
    const broker = await market.broker()
    for (const { demand, supply } of await spansNow(broker)) {
      expect(demand).toEqual([])
      expect(supply).not.toEqual([])
    }
    await api.rowsOf(`update listings set state = 'draft' where kind = 'supply'`)
    for (const { supply } of await spansNow(broker)) expect(supply).toEqual([])
    expect(await stored()).toEqual(before)
  })

  it('does not exist for strangers', async () => {
    const [id] = await matchIds()
    await market.market({ code: 'jiangsu' })
    for (const stranger of [await market.organisation(), await market.operator('jiangsu')]) {
      expectProblem(await api.as(stranger).get(`/v1/matches/${id}`), 'NOT_FOUND')
    }
  })
})

describe('POST /v1/match-previews', () => {
  const preview = async (body: unknown) => api.as(wanted.owner).post('/v1/match-previews', body)

  it('scores an unsaved demand against the market and stores nothing', async () => {
    const state = () =>
      api.rowsOf(`select (select count(*) from matches) as matches,
      (select count(*) from match_documents) as documents, (select count(*) from outbox_events) as events`)
    const before = await state()
    const answer = await preview({ demand: { title: '磷酸铁锂低温性能改进', text: '零下二十度容量保持率低。' } })
    expect(answer.statusCode).toBe(200)
    const { data } = answer.json()
    expect(data.map(({ supply }: { supply: { title: string } }) => supply.title).sort()).toEqual([...titles].sort())
    expect(await state()).toEqual(before)
  })

  it('scores two texts, a fit above a stranger', async () => {
    const demand = { title: BATTERY_DEMAND.title, text: BATTERY_DEMAND.description }
    const scoreOf = async (supply: object) => (await preview({ demand, supply })).json().data[0].score
    const fit = await scoreOf({ title: titles[0] })
    expect(fit).toBeGreaterThan(await scoreOf({ title: '大黄鱼深远海养殖网箱装备' }))
  })

  it('names the gates that the pair would not pass', async () => {
    const demand = { title: BATTERY_DEMAND.title, trlMin: 8, preferredRegions: ['320000'] }
    const { data } = (await preview({ demand, supply: { title: titles[0], trl: 3, region: '330206' } })).json()
    expect(data[0].gates.map(({ code }: { code: string }) => code)).toEqual([
      'region_excluded',
      'maturity_out_of_range',
    ])
    expect(data[0].explanation.at(-1)).toContain('2 项')
  })

  it('takes the body of a listing that is not saved yet, but no confidential text', async () => {
    const { summary: _summary, preferredRegions: _regions, ...demand } = BATTERY_DEMAND
    expect((await preview({ demand: { market: 'ningbo', ...demand } })).statusCode).toBe(200)
    expectProblem(await preview({ demand: { ...demand, confidentialDetail: '秘密' } }), 'VALIDATION_FAILED')
    expectProblem(await preview({ supply: noiseSupply('无标题的需求') }), 'VALIDATION_FAILED')
  })
})

describe('the examples', () => {
  it('satisfy the schemas of their routes', () => {
    for (const { example, response, body } of api.routes) {
      expect(response?.safeParse(example.response).error).toBeUndefined()
      if (body) expect(body.safeParse(example.body).error).toBeUndefined()
    }
  })
})
