import { beforeEach, describe, expect, it } from 'vitest'
import { examplePoolBody } from '../../../src/modules/risk-sharing/examples.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem, type HttpClient } from '../../support/http.ts'
import { type FinanceScene, financeScene, key, upToLine, wan } from '../applications/given-application.ts'

const harness = useHarness()
const url = '/v1/risk-pools'
let scene: FinanceScene
let desk: HttpClient

beforeEach(async () => {
  await harness.reset()
  scene = await financeScene(harness)
  desk = scene.desk
})

async function pool(change: object = {}, members = [scene.firm.orgId, scene.bank.orgId]): Promise<string> {
  const made = await desk.post(url, { ...examplePoolBody, capBasisPoints: 5_000, ...change })
  expect(made.statusCode, made.body).toBe(201)
  const { id } = made.json()
  for (const organisationId of members) {
    const enrolled = await desk.put(`${url}/${id}/members/${organisationId}`)
    expect(enrolled.statusCode, enrolled.body).toBe(200)
  }
  return id
}
const payIn = (id: string, amountFen: number, party = 'government') =>
  desk.post(`${url}/${id}/contributions`, { party, amountFen }, key())
const read = async (id: string) => (await desk.get(`${url}/${id}`)).json()
const ledger = async (id: string) => (await desk.get(`${url}/${id}/ledger`)).json().data
const defaulted = [{ action: 'guarantee' }, { action: 'draw', amountFen: wan(100) }, { action: 'mark_overdue' }]

describe('a risk pool', () => {
  it('is opened by the desk of a market, with shares that sum and whole fen', async () => {
    const shares = examplePoolBody.shares.slice(0, 2)
    expectProblem(await desk.post(url, { ...examplePoolBody, shares }), 'SHARES_DO_NOT_SUM')
    expectProblem(await desk.post(url, { ...examplePoolBody, capacityFen: 1.5 }), 'VALIDATION_FAILED')
    const twice = [
      { party: 'government', basisPoints: 5_000 },
      { party: 'government', basisPoints: 5_000 },
    ]
    expectProblem(await desk.post(url, { ...examplePoolBody, shares: twice }), 'VALIDATION_FAILED')
    const alone = [{ party: 'bank', basisPoints: 10_000 }]
    expectProblem(await desk.post(url, { ...examplePoolBody, shares: alone }), 'VALIDATION_FAILED')
    expectProblem(await scene.provider.post(url, examplePoolBody), 'FORBIDDEN')
    expectProblem(await harness.client.get(url), 'UNAUTHENTICATED')
    const far = await harness.as(await harness.given.operator('jiangsu'))
    expectProblem(await far.post(url, { ...examplePoolBody, market: 'ganxian' }), 'NOT_FOUND')
    const id = await pool()
    expectProblem(await far.post(`${url}/${id}/state`, { action: 'suspend' }), 'NOT_FOUND')
    expect((await scene.applicant.get(url, { query: { market: 'ganxian' } })).json().data).toMatchObject([{ id }])
  })

  it('has an enrolment list, of which others than the desk see themselves', async () => {
    const id = await pool()
    expect((await desk.get(`${url}/${id}/members`)).json().data).toHaveLength(2)
    expect((await scene.applicant.get(`${url}/${id}/members`)).json().data).toMatchObject([
      { organisationId: scene.firm.orgId, leftAt: null },
    ])
    const one = `${url}/${id}/members/${scene.firm.orgId}`
    expectProblem(await scene.applicant.delete(one), 'FORBIDDEN')
    expect((await desk.delete(one)).statusCode).toBe(204)
    expectProblem(await desk.delete(one), 'NOT_FOUND')
    expectProblem(await scene.applicant.get(`${url}/${id}/ledger`), 'FORBIDDEN')
  })

  it('guarantees, compensates by shares, and gets back what the debtor pays, all in one balanced ledger', async () => {
    const id = await pool()
    const product = await scene.productOf({ riskPoolId: id })
    await payIn(id, wan(100))
    expectProblem(await payIn(id, wan(1), 'bank'), 'VALIDATION_FAILED')
    const application = await scene.taken([...upToLine(wan(100)), ...defaulted], { product })
    expect(await read(id)).toMatchObject({ guaranteedFen: wan(100), outstandingFen: wan(100), cashFen: wan(100) })
    const tooMuch = await scene.step(scene.provider, application, { action: 'compensate', amountFen: wan(50) + 1 })
    expect(expectProblem(tooMuch, 'LIMIT_EXCEEDED')).toMatchObject({ payableFen: wan(50), boundBy: 'cap' })
    const paid = await scene.step(scene.provider, application, { action: 'compensate' })
    expect(paid.json(), paid.body).toMatchObject({
      ...{ stage: 'compensated', riskPoolId: id, compensatedFen: wan(50), balanceFen: wan(50) },
    })
    expect(await read(id)).toMatchObject({
      ...{ outstandingFen: 0, cashFen: wan(50), compensatedFen: wan(50), hasStopped: true, roomUnderCapFen: 0 },
    })
    const recovered = { applicationId: application, amountFen: wan(7) }
    const back = await desk.post(`${url}/${id}/recoveries`, recovered, key())
    expect(back.statusCode, back.body).toBe(201)
    expectProblem(
      await desk.post(`${url}/${id}/recoveries`, { ...recovered, amountFen: wan(44) }, key()),
      'LIMIT_EXCEEDED',
    )
    expect(await read(id)).toMatchObject({ cashFen: wan(57), recoveredFen: wan(7), hasStopped: false })
    const booked = await ledger(id)
    expect(booked.map(({ kind }: { kind: string }) => kind)).toEqual(['recovery', 'compensation', 'contribution'])
    const [, compensation] = booked
    expect(compensation.entries).toEqual([
      { account: 'compensated', party: 'government', side: 'debit', amountFen: 35_714_286 },
      { account: 'compensated', party: 'guarantee', side: 'debit', amountFen: 14_285_714 },
      { account: 'cash', party: null, side: 'credit', amountFen: wan(50) },
    ])
  })

  it('pays no more than it has, also for two defaults at the same moment', async () => {
    const id = await pool({ capBasisPoints: 10_000 })
    const other = await harness.given.organisation({ market: 'ganxian' })
    await desk.put(`${url}/${id}/members/${other.orgId}`)
    const product = await scene.productOf({ riskPoolId: id })
    await payIn(id, wan(80))
    const steps = [...upToLine(wan(100)), ...defaulted]
    const both = [await scene.taken(steps, { product }), await scene.taken(steps, { product }, await harness.as(other))]
    const ask = { action: 'compensate', amountFen: wan(70) }
    const answers = await Promise.all(both.map((one) => scene.step(scene.provider, one, ask)))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
    expect(await read(id)).toMatchObject({ cashFen: wan(10), compensatedFen: wan(70) })
  })

  it('refuses whom it does not know, what is too large, and everything while it is suspended', async () => {
    const id = await pool({ singleCapFen: wan(100) }, [scene.bank.orgId])
    const product = await scene.productOf({ riskPoolId: id })
    const application = await scene.taken(upToLine(wan(100)), { product })
    const guarantee = () => scene.step(scene.provider, application, { action: 'guarantee' })
    expect(expectProblem(await guarantee(), 'NOT_ELIGIBLE')).toMatchObject({ reason: 'not_enrolled' })
    await desk.put(`${url}/${id}/members/${scene.firm.orgId}`)
    await desk.post(`${url}/${id}/state`, { action: 'suspend' })
    expect(expectProblem(await guarantee(), 'NOT_ELIGIBLE')).toMatchObject({ reason: 'state' })
    await desk.post(`${url}/${id}/state`, { action: 'resume' })
    expect((await guarantee()).json()).toMatchObject({ stage: 'guaranteed', riskPoolId: id })
    const large = await scene.taken(upToLine(wan(101)), { product })
    expectProblem(await scene.step(scene.provider, large, { action: 'guarantee' }), 'LIMIT_EXCEEDED')
  })

  it('has the sums of its ledger, which is only added to, whoever writes', async () => {
    const id = await pool()
    await payIn(id, wan(10))
    const { pool: database } = harness.database
    await expect(database.query('update risk_pools set cash_fen = cash_fen + 1')).rejects.toThrow(
      'not those of its ledger',
    )
    await expect(database.query('update risk_pool_entries set amount_fen = 1')).rejects.toThrow('only added to')
    await expect(database.query('delete from risk_pool_journals')).rejects.toThrow('only added to')
    const forged = `insert into risk_pool_entries select journal_id, 3, pool_id, account, party, side, 1
      from risk_pool_entries where account = 'cash'`
    await expect(database.query(forged)).rejects.toThrow('does not balance')
    expect(await read(id)).toMatchObject({ cashFen: wan(10) })
  })

  it('books a contribution once for a key', async () => {
    const id = await pool()
    const path = `${url}/${id}/contributions`
    const body = { party: 'government', amountFen: wan(3) }
    expectProblem(await desk.post(path, body), 'IDEMPOTENCY_KEY_REQUIRED')
    const sent = key()
    const [one, again] = [await desk.post(path, body, sent), await desk.post(path, body, sent)]
    expect(again.json()).toEqual(one.json())
    expect((await read(id)).cashFen).toBe(wan(3))
  })
})

describe('a batch', () => {
  it('is guaranteed as a whole or not at all, up to what the pool may stand for', async () => {
    const id = await pool({ kind: 'batch', capacityFen: wan(150) }, [scene.bank.orgId])
    const other = await harness.as(await harness.given.organisation({ market: 'ganxian' }))
    const one = await scene.taken(upToLine(wan(100)), {}, other)
    const two = await scene.taken(upToLine(wan(60)))
    const send = (applicationIds: string[], by = scene.provider) =>
      by.post(`${url}/${id}/batches`, { applicationIds }, key())
    expectProblem(await send([one, two]), 'LIMIT_EXCEEDED')
    expect((await read(id)).outstandingFen).toBe(0)
    expectProblem(await send([two], scene.applicant), 'FORBIDDEN')
    const stranger = await harness.as(await harness.given.organisation({ kind: 'financial_institution' }))
    expectProblem(await send([two], stranger), 'NOT_FOUND')
    const done = await send([two])
    expect(done.json(), done.body).toMatchObject({
      ...{ poolId: id, guaranteedFen: wan(60), applications: [{ id: two, stage: 'guaranteed', riskPoolId: id }] },
    })
    expect(expectProblem(await send([two]), 'TRANSITION_NOT_ALLOWED')).toMatchObject({ applicationId: two })
    await scene.step(scene.provider, two, { action: 'draw', amountFen: wan(60) })
    await scene.step(scene.provider, two, { action: 'repay', amountFen: wan(60) })
    await scene.step(scene.provider, two, { action: 'settle' })
    expect(await read(id)).toMatchObject({ guaranteedFen: wan(60), outstandingFen: 0 })
    expect((await send([one])).statusCode).toBe(201)
  })
})
