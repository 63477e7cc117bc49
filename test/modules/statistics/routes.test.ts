import { beforeAll, describe, expect, it } from 'vitest'
import { openDeal } from '../../../src/modules/deals/index.ts'
import { countFacts } from '../../../src/modules/statistics/count-facts.ts'
import { rebuildStatistics } from '../../../src/modules/statistics/rebuild-statistics.ts'
import { givenAcceptedIntroduction } from '../../support/given-introduction.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem, type HttpClient } from '../../support/http.ts'

const harness = useHarness()
let operator: HttpClient
let pair: Awaited<ReturnType<typeof givenAcceptedIntroduction>>

beforeAll(async () => {
  await harness.given.market({ publishOnSubmit: true })
  await harness.given.market({ code: 'ningbo-beilun', parentCode: 'ningbo' })
  pair = await givenAcceptedIntroduction(harness)
  await openDeal(harness.deps, {
    ...{ source: { kind: 'introduction', introductionId: pair.introduction.id }, market: 'ningbo', title: '压铸' },
    ...{ providerOrgId: pair.supply.owner.orgId, acquirerOrgId: pair.demand.owner.orgId },
    ...{ demandId: pair.introduction.demandId, supplyId: pair.introduction.supplyId, intentAmountFen: 700 },
  })
  await harness.drain()
  operator = await harness.as(await harness.given.operator())
})

type Figure = { name: string; value: number | null; isSuppressed?: boolean }
const valuesFor = async (client: HttpClient, query = '') => {
  const { figures } = (await client.get(`/v1/statistics/overview${query}`)).json()
  return Object.fromEntries(figures.map(({ name, value }: Figure) => [name, value]))
}

describe('the overview', () => {
  it('counts what events told, for the operator of the market', async () => {
    expect(await valuesFor(operator, '?market=ningbo')).toMatchObject({
      ...{ suppliesPublished: 1, demandsPublished: 1, matchesApproved: 1, introductionsAccepted: 1 },
      ...{ dealsOpened: 1, dealsSigned: 0, intentAmount: 700, closedAmount: 0 },
    })
    expect(await valuesFor(operator, '?market=ningbo&from=2030-01-01')).toMatchObject({ dealsOpened: 0 })
    expect(await valuesFor(operator, '?market=ningbo&to=2030-01-01')).toMatchObject({
      dealsOpened: 1,
      intentAmount: 700,
    })
  })

  it('hides small numbers from everybody else', async () => {
    const { figures } = (await harness.client.get('/v1/statistics/overview?market=ningbo')).json()
    const deals = figures.find(({ name }: Figure) => name === 'dealsOpened')
    expect(deals).toMatchObject({ value: null, basis: 0, isSuppressed: true })
    const stranger = await harness.as(await harness.given.operator('jiangsu'))
    expect(await valuesFor(stranger, '?market=ningbo')).toMatchObject({ dealsOpened: null })
    expectProblem(await harness.client.get('/v1/statistics/overview?market=atlantis'), 'NOT_FOUND')
    expectProblem(await harness.client.get('/v1/statistics/overview?from=yesterday'), 'VALIDATION_FAILED')
  })

  it('counts a fact once, however often its event comes', async () => {
    const before = await valuesFor(operator, '?market=ningbo')
    const id = pair.introduction.id
    await Promise.all([1, 2, 3].map(() => countFacts(harness.deps, { of: 'introduction', ids: [id] })))
    await countFacts(harness.deps, { of: 'match', ids: [pair.matchId] })
    expect(await valuesFor(operator, '?market=ningbo')).toEqual(before)
  })
})

describe('the rebuild', () => {
  it('finds nothing to correct after events alone, and corrects a counter that is wrong', async () => {
    expect(await rebuildStatistics(harness.deps)).toEqual([])
    await harness.database.pool.query(
      `update statistic_counters set count = 9 where measure = 'deal.opened' and field = '*' and day < 'infinity'`,
    )
    expect(await rebuildStatistics(harness.deps)).toEqual([
      { cell: 'ningbo deal.opened *', counted: '9 (700)', recomputed: '1 (700)' },
    ])
    expect(await rebuildStatistics(harness.deps)).toEqual([])
  })
})

describe('the league table', () => {
  it('ranks the branches below a market and hides their small numbers from strangers', async () => {
    const table = (await operator.get('/v1/statistics/league-table?market=ningbo')).json().data
    expect(table.map(({ market }: { market: string }) => market)).toEqual(['ningbo', 'ningbo-beilun'])
    const open = (await harness.client.get('/v1/statistics/league-table?market=ningbo')).json().data
    expect(open[0].figures[0]).toMatchObject({ value: null, isSuppressed: true })
  })
})

describe('funnel and market health', () => {
  it('are for operators, about their own markets', async () => {
    for (const path of ['funnel', 'market-health']) {
      const url = `/v1/statistics/${path}`
      expectProblem(await harness.client.get(url), 'UNAUTHENTICATED')
      expectProblem(await (await harness.as(pair.demand.owner)).get(url), 'FORBIDDEN')
      const far = await harness.as(await harness.given.operator('jiangsu'))
      expectProblem(await far.get(`${url}?market=ningbo`), 'NOT_FOUND')
    }
  })

  it('show each step by field, and what the scores were worth', async () => {
    const [field] = pair.demand.listing.content.fields
    const { steps } = (await operator.get(`/v1/statistics/funnel?field=${field}`)).json()
    expect(steps.find(({ step }: { step: string }) => step === 'introduction.accepted').count).toBe(1)
    const health = (await operator.get('/v1/statistics/market-health')).json()
    expect(health.figures[0]).toMatchObject({ name: 'suppliedDemandShare', value: 1 })
    expect(health.calibration[8]).toMatchObject({ decided: 1, approved: 1, meanScore: 0.8 })
    expect(health.conversionBySource[0]).toMatchObject({ source: 'introduction', opened: 1, signed: 0, share: 0 })
  })
})
