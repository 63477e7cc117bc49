import { beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import { matchListing } from '../../../src/modules/matching/match-listing.ts'
import type { Side } from '../../../src/modules/matching/match-repo.ts'
import { type Preview, previewMatch } from '../../../src/modules/matching/preview-match.ts'
import { type Given, given, type Made } from '../../support/given.ts'
import { expectProblem } from '../../support/http.ts'
import { useMatchingApi } from './matching-api.ts'
import { BATTERY_DEMAND, BATTERY_SUPPLY } from './texts.ts'

const api = useMatchingApi()
let market: Given
let author: Principal
let supply: Made
let demand: Made

beforeEach(async () => {
  market = given(api.deps)
  await market.market({ publishOnSubmit: true })
  author = await market.organisation()
  supply = await market.publishedSupply({ ...BATTERY_SUPPLY, trl: 5, priceMode: 'fixed', priceMinFen: 60_000_000 })
  demand = await market.publishedDemand({ ...BATTERY_DEMAND, trlMin: 4, trlMax: null, budgetMaxFen: 90_000_000 })
  for (const { listing } of [supply, demand]) await matchListing(api.deps, { listingId: listing.id as Side })
})

const preview = (body: unknown) => api.as(author).post('/v1/match-previews', body)
const rowCounts = () =>
  api.rowsOf(`select (select count(*) from matches) as matches, (select count(*) from listings) as listings,
    (select count(*) from match_documents) as documents, (select count(*) from outbox_events) as events`)

const badTexts = {
  'an empty text': '',
  blanks: ' \n\t　',
  'one character': '铝',
  'one letter': 'x',
  'nothing but emoji': '🚗🔋👩‍🔬🇨🇳',
  'nothing but signs': '！？…—（）%%%',
  '20,000 characters': '磷酸铁锂电池低温性能提升方法！'.repeat(1_400).slice(0, 20_000),
  '20,000 times the same': '电'.repeat(20_000),
  '20,000 digits': '7'.repeat(20_000),
  'mixed scripts': 'LiFePO₄ 正极 カソード катод قطب ５０μｍ ≥600℃',
  'no Chinese at all': 'Low-temperature cathode material for storage batteries, >= 80 % at -20 °C',
  'broken characters': 'a\u0000b\ud800c\u202e\u200b电池',
  'a query of SQL': "'; drop table listings; -- \\ ':* & | !",
}
const wholeTexts = Object.entries(badTexts)

function expectFinite({ score }: Preview): void {
  expect(score.value).toBeGreaterThanOrEqual(0)
  expect(score.value).toBeLessThanOrEqual(1)
  expect([1, 2, 3, 4]).toContain(score.level)
  for (const { value, contribution, evidence } of score.parts) {
    if (value !== null) expect(value).toSatisfy(Number.isFinite)
    expect(contribution).toSatisfy(Number.isFinite)
    for (const { weight } of evidence) expect(weight).toSatisfy(Number.isFinite)
  }
}

describe('a preview of bad input', () => {
  it.each(wholeTexts)('scores %s against everything without error and without NaN', async (_, text) => {
    const broken = { title: text, text }
    for (const other of [broken, { title: '磷酸铁锂正极材料', text: '低温性能' }]) {
      for (const input of [
        { demand: broken, supply: other },
        { demand: other, supply: broken },
      ]) {
        const { passing } = await previewMatch(api.deps, author, input)
        expect(passing).toHaveLength(1)
        passing.forEach(expectFinite)
      }
    }
    for (const input of [{ demand: broken }, { supply: broken }]) {
      const { passing, nearMisses } = await previewMatch(api.deps, author, input)
      for (const one of [...passing, ...nearMisses]) expectFinite(one)
    }
  })

  it.each(wholeTexts)('answers %s over HTTP', async (_, text) => {
    const answer = await preview({ demand: { title: text, text }, supply: { title: text, text } })
    const isRefused = text.includes('\u0000')
    expect(answer.statusCode, answer.body).toBe(isRefused ? 400 : 200)
    if (!isRefused) expect(answer.json().data[0].score).toEqual(expect.any(Number))
  })
})

describe('POST /v1/match-previews', () => {
  it('shows beside the matches whoever fits but fails a gate that the author could open', async () => {
    const before = await rowCounts()
    const terms = { trlMin: 7, budgetMaxFen: 50_000_000 }
    const answer = await preview({
      demand: { title: BATTERY_DEMAND.title, text: BATTERY_DEMAND.description, ...terms },
    })
    const { data, nearMisses } = answer.json()
    expect(data).toEqual([])
    expect(nearMisses).toMatchObject([{ demand: null, supply: { id: supply.listing.id } }])
    expect(nearMisses[0].gates.map(({ code }: { code: string }) => code)).toEqual([
      'maturity_out_of_range',
      'price_above_budget',
    ])
    expect(nearMisses[0].explanation.at(-1)).toContain('2 项')
    expect(await rowCounts()).toEqual(before)
  })

  it('scores an unsaved supply against the demands on the market', async () => {
    const before = await rowCounts()
    const unsaved = { title: BATTERY_SUPPLY.title, description: BATTERY_SUPPLY.description }
    const { data, nearMisses } = (await preview({ supply: { ...unsaved, trl: 6 } })).json()
    expect(data).toMatchObject([{ gates: [], supply: null, demand: { id: demand.listing.id } }])
    expect(nearMisses).toEqual([])
    const young = (await preview({ supply: { ...unsaved, trl: 2 } })).json()
    expect(young).toMatchObject({ data: [], nearMisses: [{ gates: [{ code: 'maturity_out_of_range' }] }] })
    expect(await rowCounts()).toEqual(before)
  })

  it('shows the author nothing of its own organisation', async () => {
    const answer = await api.as(supply.owner).post('/v1/match-previews', { demand: { title: BATTERY_DEMAND.title } })
    expect(answer.json()).toEqual({ data: [], nearMisses: [] })
  })

  it('names what is wrong with a request', async () => {
    expectProblem(await preview({}), 'VALIDATION_FAILED')
    expectProblem(await preview({ demand: { text: '没有标题' } }), 'VALIDATION_FAILED')
    expectProblem(await preview({ demand: { title: '长'.repeat(20_001) } }), 'VALIDATION_FAILED')
    expectProblem(await preview({ demand: { title: '需求', trlMin: 12 } }), 'VALIDATION_FAILED')
    expectProblem(await preview({ supply: { title: '供给', confidentialDetail: '秘密' } }), 'VALIDATION_FAILED')
    expectProblem(await api.anonymous().post('/v1/match-previews', { demand: { title: '' } }), 'UNAUTHENTICATED')
  })
})
