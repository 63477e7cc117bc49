import { beforeAll, describe, expect, it } from 'vitest'
import { openDeal } from '../../../src/modules/deals/index.ts'
import { recordDeedsJob } from '../../../src/modules/deeds/jobs.ts'
import { answerIntroduction } from '../../../src/modules/introductions/answer-introduction.ts'
import { givenAcceptedIntroduction, givenIntroduction } from '../../support/given-introduction.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem } from '../../support/http.ts'

const harness = useHarness()
let pair: Awaited<ReturnType<typeof givenAcceptedIntroduction>>
let url: string
let dealId: string

beforeAll(async () => {
  pair = await givenAcceptedIntroduction(harness)
  const { broker, demand } = pair
  url = `/v1/brokers/${broker.userId}/deeds`
  const declined = await givenIntroduction(harness, { broker })
  const no = { answer: 'decline', reasonCode: 'no_capacity' } as const
  await answerIntroduction(harness.deps, declined.supply.owner, { id: declined.introduction.id, ...no })
  const colleague = await harness.given.broker()
  const { deal } = await openDeal(harness.deps, {
    ...{ source: { kind: 'introduction', introductionId: pair.introduction.id }, market: 'ningbo', title: '压铸' },
    ...{ providerOrgId: pair.supply.owner.orgId, acquirerOrgId: demand.owner.orgId, intentAmountFen: 9_999 },
    brokers: [{ userId: broker.userId, shareBp: 10_000 }],
  })
  dealId = deal.id
  await harness.drain()
  const brokers = [
    { userId: broker.userId, shareBp: 6_000 },
    { userId: colleague.userId, shareBp: 4_000 },
  ]
  const client = await harness.as(broker)
  const shared = await client.patch(`/v1/deals/${deal.id}`, { brokers }, { headers: { 'if-match': '"v1"' } })
  expect(shared.statusCode, shared.body).toBe(200)
  await harness.drain()
})

const deedsOf = async (query = '') => (await (await harness.as(pair.broker)).get(`${url}${query}`)).json()

describe('the deeds of a broker', () => {
  it('are every decision, introduction and deal, newest first, with the share of the commission', async () => {
    const { data, page } = await deedsOf()
    expect(page).toEqual({ nextCursor: null, hasMore: false })
    expect(data.map(({ kind, action, shareBp }: Record<string, unknown>) => [kind, action, shareBp])).toEqual([
      ['deal', 'attribute', 6_000],
      ['deal', 'open', 10_000],
      ['introduction', 'declined', undefined],
      ['introduction', 'opened', undefined],
      ['decision', 'approve', undefined],
      ['introduction', 'accepted', undefined],
      ['introduction', 'opened', undefined],
      ['decision', 'approve', undefined],
    ])
    expect(data[0]).toMatchObject({ objectId: dealId, market: 'ningbo' })
  })

  it('come in pages and by kind', async () => {
    const first = await deedsOf('?limit=2&kind=introduction')
    const rest = await deedsOf(`?limit=2&kind=introduction&cursor=${first.page.nextCursor}`)
    const actions = [first, rest].map(({ data }) => data.map(({ action }: { action: string }) => action))
    expect(actions).toEqual([
      ['declined', 'opened'],
      ['accepted', 'opened'],
    ])
    const broker = await harness.as(pair.broker)
    expectProblem(await broker.get(`${url}?kind=gift`), 'VALIDATION_FAILED')
  })

  it('are counted, and the amounts of deals go by the share', async () => {
    const operator = await harness.as(await harness.given.operator())
    expect((await operator.get(`${url}/totals`)).json()).toMatchObject({
      counts: [
        { kind: 'deal', action: 'attribute', count: 1 },
        { kind: 'deal', action: 'open', count: 1 },
        { kind: 'decision', action: 'approve', count: 2 },
        { kind: 'introduction', action: 'accepted', count: 1 },
        { kind: 'introduction', action: 'declined', count: 1 },
        { kind: 'introduction', action: 'opened', count: 2 },
      ],
      attributed: {
        intent: { deals: 1, amountFen: 5_999 },
        closed: { deals: 0, contractAmountFen: 0, technologyAmountFen: 0, commissionFen: 0 },
      },
    })
  })

  it('are for the broker, the firm and the operator', async () => {
    const other = await harness.as(await harness.given.broker())
    const party = await harness.as(pair.demand.owner)
    for (const path of [url, `${url}/totals`]) {
      expectProblem(await other.get(path), 'NOT_FOUND')
      expectProblem(await party.get(path), 'NOT_FOUND')
      expectProblem(await harness.client.get(path), 'UNAUTHENTICATED')
      expect((await (await harness.as('operator')).get(path)).statusCode).toBe(200)
    }
  })

  it('are kept once for each fact, and never changed', async () => {
    const { data } = await deedsOf('?limit=1')
    const { id: eventId, shareBp: _share, ...deed } = data[0]
    const again = { ...deed, eventId, userId: pair.broker.userId, shareBp: 1 }
    await recordDeedsJob.execute(harness.deps, { deeds: [again] })
    expect((await deedsOf('?limit=1')).data).toEqual(data)
    for (const table of ['broker_deeds', 'review_readings']) {
      for (const sql of [`update ${table} set action = ''`, `delete from ${table}`]) {
        const column = table === 'broker_deeds' ? sql : sql.replace('action', 'note')
        await expect(harness.database.pool.query(column)).rejects.toThrow('append-only')
      }
    }
  })
})
