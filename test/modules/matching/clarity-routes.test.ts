import { beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import { demandKind } from '../../../src/modules/demands/index.ts'
import { matchListing } from '../../../src/modules/matching/match-listing.ts'
import type { Side } from '../../../src/modules/matching/match-repo.ts'
import { type Given, given, type Made } from '../../support/given.ts'
import { expectProblem } from '../../support/http.ts'
import { useMatchingApi } from './matching-api.ts'
import { BATTERY_DEMAND, BATTERY_SUPPLY } from './texts.ts'

const api = useMatchingApi()
let market: Given
let university: Principal
let wanted: Made

const unsaid = { trlMin: null, trlMax: null, budgetMinFen: null, budgetMaxFen: null, deadline: null, indicators: [] }

beforeEach(async () => {
  market = given(api.deps)
  await market.market({ publishOnSubmit: true, minClarity: 20 })
  university = await market.organisation({ kind: 'university' })
  for (const trl of [3, 5, 7, 7]) {
    const price = trl === 3 ? { priceMode: 'fixed', priceMinFen: 9_000_000 } : { priceMode: 'negotiable' }
    const { listing } = await market.publishedSupply({ by: university, ...BATTERY_SUPPLY, trl, ...price })
    await matchListing(api.deps, { listingId: listing.id as Side })
  }
  wanted = await market.publishedDemand({ ...BATTERY_DEMAND, ...unsaid })
})

const urlOf = ({ listing }: Made) => `/v1/demands/${listing.id}/clarity`
const read = async (one: Made, by = one.owner) => (await api.as(by).get(urlOf(one))).json()

describe('GET /v1/demands/{id}/clarity', () => {
  it('scores what is said, with the words it rests on', async () => {
    const { score, minClarity, elements } = await read(wanted)
    const stateOf = (name: string) => elements.find(({ element }: { element: string }) => element === name)
    expect(minClarity).toBe(20)
    expect(score).toBeGreaterThan(40)
    expect(score).toBeLessThan(60)
    expect(stateOf('problem')).toEqual({
      element: 'problem',
      weight: 20,
      state: 'present',
      evidence: '低温容量保持率低，内阻大。',
    })
    expect(stateOf('cooperation_modes')).toMatchObject({ state: 'present', evidence: 'ordinary_licence' })
    expect(stateOf('budget')).toEqual({ element: 'budget', weight: 10, state: 'missing' })
  })

  it('asks next what would tell most of the present candidates apart', async () => {
    const { candidates, nextQuestion, questions } = await read(wanted)
    expect(candidates).toBe(4)
    expect(nextQuestion).toMatchObject({ element: 'maturity', zh: expect.stringContaining('TRL') })
    const separates = Object.fromEntries(
      questions.map((one: { element: string; separates: number }) => [one.element, one.separates]),
    )
    expect(separates).toMatchObject({ maturity: 2, budget: 1, deadline: 0, region: 0 })
    expect(questions.map(({ element }: { element: string }) => element).slice(0, 2)).toEqual(['maturity', 'budget'])
  })

  it('asks nothing that has been answered, and nothing next when all has been', async () => {
    const elements = { product: '正极', material: '磷酸铁锂', method: '包覆', efficacy: '低温', application: '储能' }
    const indicators = [{ name: '容量保持率', operator: '>=', value: 80, unit: '%' }]
    const terms = { trlMin: 5, budgetMaxFen: 10_000_000, deadline: '2027-06-30', preferredRegions: ['330000'] }
    const problem = '零下二十度时容量保持率不足六成，内阻大。'
    const clear = await market.draft(demandKind, { ...BATTERY_DEMAND, elements, indicators, problem, ...terms })
    expect(await read(clear)).toMatchObject({ score: 100, nextQuestion: null, questions: [] })
  })

  it('is for the owner, and for brokers and operators of the market; for others it does not exist', async () => {
    for (const reader of [wanted.owner, await market.broker(), await market.operator()]) {
      expect((await api.as(reader).get(urlOf(wanted))).statusCode).toBe(200)
    }
    await market.market({ code: 'jiangsu' })
    for (const stranger of [university, await market.organisation(), await market.broker('jiangsu')]) {
      expectProblem(await api.as(stranger).get(urlOf(wanted)), 'NOT_FOUND')
    }
    expectProblem(await api.anonymous().get(urlOf(wanted)), 'UNAUTHENTICATED')
  })

  it('shows a draft to its owner alone, and a submitted demand to the operator', async () => {
    const draft = await market.draft(demandKind, { ...BATTERY_DEMAND, by: wanted.owner })
    expect((await read(draft)).score).toBeGreaterThan(0)
    expectProblem(await api.as(await market.operator()).get(urlOf(draft)), 'NOT_FOUND')
    const unverified = await market.organisation({ isVerified: false })
    const submitted = await market.submitted(demandKind, { ...BATTERY_DEMAND, by: unverified })
    expect((await api.as(await market.operator()).get(urlOf(submitted))).statusCode).toBe(200)
    expectProblem(await api.as(await market.broker()).get(urlOf(submitted)), 'NOT_FOUND')
  })

  it('names what is wrong with a request', async () => {
    expectProblem(await api.as(wanted.owner).get('/v1/demands/dem_x/clarity'), 'VALIDATION_FAILED')
    expectProblem(await api.as(wanted.owner).get(`${urlOf(wanted)}?limit=1`), 'VALIDATION_FAILED')
    const unknown = '/v1/demands/dem_01k9w3ynwzf5yr8t6x2m4q7c0b/clarity'
    expectProblem(await api.as(wanted.owner).get(unknown), 'NOT_FOUND')
  })
})
