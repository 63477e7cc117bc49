import { describe, expect, it } from 'vitest'
import { marketAncestors, marketTree, upsertMarket } from '../../../src/modules/markets/index.ts'
import { useTestApi } from '../identity/api.ts'

const api = useTestApi()
const branch = {
  code: 'ningbo-beilun',
  parentCode: 'ningbo',
  nameZh: '宁波科技大市场',
  nameEn: 'Beilun',
  region: '330206',
  rules: { publishOnSubmit: true },
}

describe('GET /v1/markets', () => {
  it('lists every market with its parent and full rules to anybody', async () => {
    const { status, body } = await api.call('GET', '/v1/markets')
    expect(status).toBe(200)
    expect(body.data.map(({ code, parentCode }: { code: string; parentCode: string }) => [code, parentCode])).toEqual([
      ['jiangsu', null],
      ['ningbo', null],
      ['ningbo-beilun', 'ningbo'],
    ])
    expect(body.data[0].rules).toEqual({
      publishOnSubmit: true,
      matchThreshold: 0.5,
      maxMatchesPerListing: 10,
      maxMatchesPerListingDay: 30,
      maxMatchesPerOrganisationDay: 500,
      maxOpenItemsPerBrokerDay: 200,
      reviewCertificate: null,
      reviewDueHours: 48,
      reviewGrades: [],
      reviewOpenToAllHours: 24,
      secondReadingShare: 0,
      minClarity: 0,
      pricePublicity: [{ from: '2016-02-26', days: 15 }],
      commissionBp: 0,
      introductionChaseDays: [3, 7],
      introductionAnswerDays: 14,
      synonyms: [],
    })
    expect(body.page).toEqual({ nextCursor: null, hasMore: false })
  })

  it('refuses unknown query parameters', async () => {
    expect((await api.call('GET', '/v1/markets?colour=red')).status).toBe(400)
  })

  it('refuses a wrong token even though the route is public', async () => {
    expect((await api.call('GET', '/v1/markets', { as: 'ttm_access_wrong-wrong-wrong' })).status).toBe(401)
  })
})

describe('GET /v1/markets/{code}', () => {
  it('shows a market with everything below it', async () => {
    const { status, body } = await api.call('GET', '/v1/markets/ningbo')
    expect(status).toBe(200)
    expect(body.branches.map(({ code }: { code: string }) => code)).toEqual(['ningbo-beilun'])
  })

  it('answers 404 for an unknown and 400 for a malformed code', async () => {
    expect((await api.call('GET', '/v1/markets/atlantis')).body.code).toBe('NOT_FOUND')
    expect((await api.call('GET', '/v1/markets/NINGBO')).body.code).toBe('VALIDATION_FAILED')
  })
})

describe('the tree of markets', () => {
  it('reaches branches at any depth, downwards and upwards', async () => {
    await upsertMarket(api.deps, { ...branch, code: 'ningbo-beilun-port', parentCode: 'ningbo-beilun' })
    expect(await marketTree(api.db, 'ningbo')).toEqual(['ningbo', 'ningbo-beilun', 'ningbo-beilun-port'])
    expect(await marketAncestors(api.db, 'ningbo-beilun-port')).toEqual([
      'ningbo-beilun-port',
      'ningbo-beilun',
      'ningbo',
    ])
    expect(await marketTree(api.db, 'atlantis')).toEqual([])
    expect(await marketAncestors(api.db, 'atlantis')).toEqual([])
  })

  it('ends even when rows that bypassed the check form a circle', async () => {
    await api.pool.query(`update markets set parent_code = 'ningbo-beilun' where code = 'ningbo'`)
    expect(await marketTree(api.db, 'ningbo')).toEqual(['ningbo', 'ningbo-beilun'])
    expect(await marketAncestors(api.db, 'ningbo')).toEqual(['ningbo', 'ningbo-beilun'])
  })
})

describe('upsertMarket', () => {
  it('counts a version for a change and none for a repetition', async () => {
    expect((await upsertMarket(api.deps, branch)).version).toBe(1)
    expect((await upsertMarket(api.deps, { ...branch, nameEn: 'Beilun branch' })).version).toBe(2)
    expect((await upsertMarket(api.deps, { ...branch, nameEn: 'Beilun branch' })).version).toBe(2)
  })

  it('refuses an unknown parent and a parent from below', async () => {
    await expect(upsertMarket(api.deps, { ...branch, parentCode: 'atlantis' })).rejects.toMatchObject({
      errors: [{ code: 'unknown_market' }],
    })
    await expect(
      upsertMarket(api.deps, { ...branch, code: 'ningbo', parentCode: 'ningbo-beilun' }),
    ).rejects.toMatchObject({ errors: [{ code: 'market_cycle' }] })
  })

  it('refuses rules outside their range', async () => {
    const rules = { publishOnSubmit: true, matchThreshold: 1.5 }
    await expect(upsertMarket(api.deps, { ...branch, rules })).rejects.toThrow('matchThreshold')
  })
})
