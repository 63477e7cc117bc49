import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { postgresSearchEngine } from '../../../src/adapters/search/postgres.ts'
import { mountRoute, type Platform } from '../../../src/http/mount.ts'
import { rateLimiter } from '../../../src/http/rate-limit.ts'
import { routeCollector } from '../../../src/http/route.ts'
import { sealedBox } from '../../../src/http/sealed-box.ts'
import { httpServer } from '../../../src/http/server.ts'
import { idToUuid } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { upsertMarket } from '../../../src/modules/markets/index.ts'
import { reindexAll } from '../../../src/modules/search/reindex.ts'
import { searchRoutes } from '../../../src/modules/search/routes.ts'
import type { SearchEngine } from '../../../src/ports/search-engine.ts'
import { testClock } from '../../support/clock.ts'
import { silentLog, useTestDatabase } from '../../support/db.ts'
import { type Given, type GivenListing, given } from '../../support/given.ts'
import { call, expectProblem, type HttpResponse } from '../../support/http.ts'

const database = useTestDatabase()
const clock = testClock()
const { api, routes } = routeCollector()
let app: FastifyInstance
let market: Given
const viewers = new Map<string, Principal>()
let search: SearchEngine

beforeAll(async () => {
  search = postgresSearchEngine({ db: database.db })
  searchRoutes(api, { clock, search })
  const log = { ...silentLog, level: 'silent', fatal: () => {}, trace: () => {}, silent: () => {}, child: () => log }
  app = httpServer({ publicUrl: 'http://test', log, hasBackpressure: false })
  for (const route of routes) mountRoute(app, { ...platform(), db: database.db }, route)
  await app.ready()
})
afterAll(() => app?.close())
beforeEach(async () => {
  await database.reset()
  viewers.clear()
  market = given({ db: database.db, clock })
})

function platform(): Omit<Platform, 'db'> {
  const policy = (name: string) => ({ name, limit: 10_000, windowMs: 60_000 })
  return {
    clock,
    authenticate: async (token) => viewers.get(token),
    limiter: rateLimiter(() => clock.now().getTime()),
    policies: { general: policy('default'), login: policy('login') },
    boxes: { cursor: sealedBox('k'.repeat(32), 'cursor'), idempotency: sealedBox('k'.repeat(32), 'idempotency') },
  }
}

const get = (query: Record<string, string>, path = '/v1/search') => call(app).get(path, { query })
const bodyOf = (response: HttpResponse) => {
  expect(response.statusCode, response.body).toBe(200)
  return response.json()
}
const titles = async (query: Record<string, string>) =>
  bodyOf(await get(query)).data.map(({ title }: { title: string }) => title)

async function member(principal?: Principal) {
  viewers.set('the-token-of-a-member', principal ?? (await market.organisation()))
  return call(app).as('the-token-of-a-member')
}

/** Published and indexed supplies of one owner. */
async function onTheMarket(...supplies: GivenListing[]) {
  const owner = await market.organisation({ kind: 'university', name: '甬江实验室' })
  const made = []
  for (const fields of supplies) made.push(await market.publishedSupply({ by: owner, ...fields }))
  await reindexAll({ db: database.db, clock, search })
  return made
}

describe('GET /v1/search', () => {
  it('shows the teaser of a hit to anybody, with highlights, facets and figures', async () => {
    const [made] = await onTheMarket({ title: '高真空压铸', summary: '壳体压铸', description: '会员可见的工艺' })
    const body = bodyOf(await get({ q: '压铸', facets: 'kind,trl' }))
    expect(body).toMatchObject({
      page: { nextCursor: null, hasMore: false },
      facets: { kind: { supply: 1 }, trl: { 7: 1 } },
      ...{ engine: 'postgres', degraded: false, estimatedTotal: 1 },
    })
    expect(body.data[0]).toMatchObject({
      ...{ id: made?.listing.id, kind: 'supply', title: '高真空压铸', market: 'ningbo', trlMin: 7, trustCode: 'green' },
      highlights: { title: '高真空<em>压铸</em>', summary: '壳体<em>压铸</em>' },
      organisation: { name: '甬江实验室', kind: 'university' },
      publishedAt: clock.now().toISOString(),
    })
    expect(JSON.stringify(body)).not.toContain('会员可见')
  })

  it('finds by member text for who is signed in, without showing it', async () => {
    await onTheMarket({ title: '一号成果', description: '采用钙钛矿涂层' }, { title: '二号成果' })
    const response = await (await member()).get('/v1/search', { query: { q: '钙钛矿' } })
    expect(bodyOf(response).data.map(({ title }: { title: string }) => title)).toEqual(['一号成果'])
    expect(response.body).not.toContain('钙钛矿')
  })

  it.each(['钙钛矿', '"钙钛矿涂层"', '成果 -钙钛矿', '成果 -"钙钛矿"', '钙太矿涂层'])(
    'lets no stranger probe member text by %s',
    async (q) => {
      await onTheMarket({ title: '一号成果' }, { title: '二号成果' })
      const without = bodyOf(await get({ q, facets: 'kind' }))
      await database.pool.query(`update listings set description = '采用钙钛矿涂层' where title = '一号成果'`)
      await reindexAll({ db: database.db, clock, search })
      const { data, estimatedTotal, facets } = bodyOf(await get({ q, facets: 'kind' }))
      expect({ count: data.length, estimatedTotal, facets }).toEqual({
        ...{ count: without.data.length, estimatedTotal: without.estimatedTotal, facets: without.facets },
      })
    },
  )

  it('searches a market with its branches', async () => {
    await market.market({ code: 'ningbo' })
    await market.market({ code: 'ningbo-beilun', parentCode: 'ningbo' })
    await onTheMarket({ title: '分市场成果', market: 'ningbo-beilun' }, { title: '总市场成果' })
    expect(await titles({ market: 'ningbo', q: '成果' })).toHaveLength(2)
    expect(await titles({ market: 'ningbo-beilun' })).toEqual(['分市场成果'])
  })

  it('filters by kind, classification, region, maturity, mode and price', async () => {
    await onTheMarket(
      { title: '甲号成果', fields: ['new-materials'], ipc: ['H01M10/0525'], region: '320102', trl: 4 },
      { title: '乙号成果', cooperationModes: ['assignment'], priceMode: 'range', priceMinFen: 100, priceMaxFen: 500 },
    )
    expect(await titles({ field: 'new-materials' })).toEqual(['甲号成果'])
    expect(await titles({ ipc: 'h01m10' })).toEqual(['甲号成果'])
    expect(await titles({ ipc: 'H01M1' })).toEqual([])
    expect(await titles({ region: '32' })).toEqual(['甲号成果'])
    expect(await titles({ trlMin: '3', trlMax: '5' })).toEqual(['甲号成果'])
    expect(await titles({ mode: 'assignment' })).toEqual(['乙号成果'])
    expect(await titles({ priceMinFen: '500', priceMaxFen: '900' })).toEqual(['乙号成果'])
    expect(await titles({ kind: 'demand,finance_product' })).toEqual([])
    expect(await titles({ kind: 'supply', industry: 'C36' })).toHaveLength(2)
  })

  it('finds nothing by confidential text, not even for its owner', async () => {
    const owner = await market.organisation({ kind: 'university' })
    await onTheMarket({ by: owner, title: '一号成果', confidentialDetail: '底价两百万', contact: { name: '欧阳工' } })
    const asOwner = await member(owner)
    for (const q of ['底价两百万', '欧阳工', '"底价"']) {
      expect(bodyOf(await asOwner.get('/v1/search', { query: { q } }))).toMatchObject({ data: [], estimatedTotal: 0 })
    }
    expect(bodyOf(await asOwner.get('/v1/search', { query: { q: '成果' } })).data).toHaveLength(1)
  })

  it('filters by the verified qualifications of the owner, and counts them', async () => {
    const giant = await market.organisation({ kind: 'university' })
    await database.pool.query(
      `insert into organisation_qualifications (id, org_id, type, issuer, certificate_no, valid_from, valid_to, state, created_at)
       select gen_random_uuid(), $1, type, '宁波市', type, '2025-01-01', valid_to::date, state, now()
       from (values ('little_giant', '2027-12-31', 'verified'), ('gazelle', '2025-12-31', 'verified'),
         ('unicorn', null, 'declared')) as v (type, valid_to, state)`,
      [idToUuid(giant.orgId)],
    )
    await onTheMarket({ by: giant, title: '甲号成果' }, { title: '乙号成果' })
    expect(await titles({ qualification: 'little_giant' })).toEqual(['甲号成果'])
    expect(await titles({ qualification: 'unicorn,specialised_sme' })).toEqual(['甲号成果'])
    expect(await titles({ qualification: 'gazelle,unicorn' })).toEqual([])
    const { facets } = bodyOf(await get({ facets: 'qualification' }))
    expect(facets).toEqual({ qualification: { little_giant: 1 } })
  })

  it('filters by trust, age and the amount of finance products', async () => {
    await onTheMarket({ title: '甲号成果', priceMode: 'range', priceMinFen: 100, priceMaxFen: 500 })
    await market.publishedFinanceProduct({ title: '乙号贷款', amountMaxFen: 500 })
    await database.pool.query(
      `update listings set published_at = published_at - interval '10 days' where title like '甲%'`,
    )
    await reindexAll({ db: database.db, clock, search })
    expect(await titles({ amountMinFen: '400' })).toEqual(['乙号贷款'])
    expect(await titles({ publishedWithinDays: '5' })).toEqual(['乙号贷款'])
    expect(await titles({ publishedWithinDays: '11' })).toHaveLength(2)
    const trusts = await Promise.all(['green', 'yellow'].map((trust) => titles({ trust })))
    expect(trusts.flat()).toHaveLength(2)
  })

  it('knows the synonyms of the technology trade and of the market', async () => {
    await upsertMarket(
      { db: database.db, clock },
      {
        ...{ code: 'ningbo', nameZh: '宁波', nameEn: 'Ningbo', region: '330200' },
        rules: { publishOnSubmit: true, synonyms: [['大力绳', '斜拉索']] },
      },
    )
    await onTheMarket({ title: '桥梁斜拉索检测' }, { title: '增材制造装备' })
    expect(await titles({ q: '3D打印' })).toEqual(['增材制造装备'])
    expect(await titles({ q: '大力绳', market: 'ningbo' })).toEqual(['桥梁斜拉索检测'])
    expect(await titles({ q: '大力绳' })).toEqual([])
  })

  it('pages by cursors that hold for the same search alone', async () => {
    await onTheMarket(...Array.from({ length: 5 }, () => ({ title: '高真空压铸' })))
    const first = bodyOf(await get({ q: '压铸', limit: '3' }))
    const cursor = first.page.nextCursor
    const second = bodyOf(await get({ q: '压铸', limit: '3', cursor }))
    expect(new Set([...first.data, ...second.data].map(({ id }) => id)).size).toBe(5)
    expect(second.page).toEqual({ nextCursor: null, hasMore: false })
    expectProblem(await get({ q: '模具', limit: '3', cursor }), 'CURSOR_INVALID')
  })

  it('leaves out what vanished, left the market or turned red after it was indexed', async () => {
    await onTheMarket({ title: '红码成果' }, { title: '退回成果' }, { title: '留存成果' })
    await database.pool.query(`update listings set trust_code = 'red' where title = '红码成果'`)
    await database.pool.query(`update listings set state = 'returned' where title = '退回成果'`)
    expect(await titles({ q: '成果' })).toEqual(['留存成果'])
  })

  it.each([
    ['field', 'new-material', 'new-materials'],
    ['mode', 'asignment', 'assignment'],
    ['sort', 'newst', 'newest'],
    ['kind', 'suply', 'supply'],
    ['facets', 'market,kinds', 'kind'],
    ['facets', 'qualifications', 'qualification'],
    ['qualification', 'litle_giant', 'little_giant'],
    ['trust', 'gren', 'green'],
    ['market', 'ningbp', 'ningbo'],
  ])('refuses an unknown %s and names the nearest', async (name, value, near) => {
    await market.market({ code: 'ningbo' })
    const problem = expectProblem(await get({ [name]: value }), 'VALIDATION_FAILED')
    expect(problem.errors?.[0]).toMatchObject({ location: 'query', message: expect.stringContaining(`"${near}"`) })
    expect(problem.errors?.[0]?.pointer).toMatch(new RegExp(`^#/${name}`))
  })

  it('refuses an unknown filter and names the nearest', async () => {
    const problem = expectProblem(await get({ qualifikation: 'gazelle' }), 'VALIDATION_FAILED')
    expect(problem.errors?.[0]).toMatchObject({
      location: 'query',
      message: expect.stringContaining('"qualification"'),
    })
  })

  it.each<Record<string, string>>([
    { q: '压'.repeat(1_001) },
    { q: '压铸模具'.repeat(2_500) },
    { publishedWithinDays: '0' },
    { amountMinFen: '1.5' },
    { q: '压\u0000铸' },
    { trlMin: '10' },
    { priceMaxFen: '-1' },
    { ipc: 'Z99' },
    { region: '3' },
    { limit: '0' },
    { colour: 'red' },
    { market: 'a\u0000b' },
  ])('refuses %o', async (query) => {
    expectProblem(await get(query), 'VALIDATION_FAILED')
  })

  it.each(['', '***', '"压铸', '-', '😀', '压\u0001铸', `'a' & 'b':*`, '铸'.repeat(1_000)])('answers %j', async (q) => {
    bodyOf(await get({ q }))
  })
})

describe('GET /v1/search/suggestions', () => {
  it('completes from what is published, never from member text', async () => {
    await onTheMarket({ title: '钙钛矿组件封装', keywords: ['钙钛矿'], description: '钙钛矿机密工艺' })
    const suggest = async (query: Record<string, string>) => bodyOf(await get(query, '/v1/search/suggestions')).data
    expect(await suggest({ q: '钙' })).toEqual(['钙钛矿', '钙钛矿组件封装'])
    expect(await suggest({ q: '钙', limit: '1' })).toEqual(['钙钛矿'])
    expect(await suggest({ q: '' })).toEqual([])
  })

  it('refuses a text of more than 100 characters and a missing one', async () => {
    expectProblem(await get({ q: '压'.repeat(101) }, '/v1/search/suggestions'), 'VALIDATION_FAILED')
    expectProblem(await get({}, '/v1/search/suggestions'), 'VALIDATION_FAILED')
  })
})
