import { beforeEach, describe, expect, it } from 'vitest'
import { exampleProposal } from '../../../src/modules/framework-agreements/examples.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem } from '../../support/http.ts'
import { type FinanceScene, financeScene, key, upToLine, wan } from '../applications/given-application.ts'

const harness = useHarness()
const url = '/v1/framework-agreements'
let scene: FinanceScene

beforeEach(async () => {
  await harness.reset()
  scene = await financeScene(harness)
})

const terms = {
  ...{ title: '共同成长计划', lineFen: wan(300), isRevolving: true, validFrom: '2026-01-01', validTo: '2028-12-31' },
  commitments: [
    { from: '2026-01-01', amountFen: wan(100) },
    { from: '2028-01-01', amountFen: wan(200) },
  ],
}
const propose = (change: object = {}, by = scene.provider) =>
  by.post(url, { enterpriseId: scene.firm.orgId, ...terms, ...change }, key())
const inForce = async (change: object = {}): Promise<string> => {
  const made = await propose(change)
  expect(made.statusCode, made.body).toBe(201)
  const { id } = made.json()
  expect((await scene.applicant.post(`${url}/${id}/answer`, { isAccepted: true })).json().state).toBe('in_force')
  return id
}
const draw = (id: string, amountFen: number) => scene.step(scene.provider, id, { action: 'draw', amountFen })
const read = async (id: string) => (await scene.applicant.get(`${url}/${id}`)).json()

describe('a framework agreement', () => {
  it('is proposed by a bank, answered by the enterprise, and nobody else’s business', async () => {
    expectProblem(await propose({}, scene.applicant), 'FORBIDDEN')
    expectProblem(await propose({ enterpriseId: scene.bank.orgId }), 'VALIDATION_FAILED')
    expectProblem(await propose({ lineFen: 1.5 }), 'VALIDATION_FAILED')
    const wrong = expectProblem(await propose({ lineFen: wan(301) }), 'VALIDATION_FAILED')
    expect(wrong.errors).toMatchObject([{ pointer: '#/commitments' }])
    expectProblem(await harness.client.post(url, { ...exampleProposal }, key()), 'UNAUTHENTICATED')
    const { id } = (await propose()).json()
    expectProblem(await scene.provider.post(`${url}/${id}/answer`, { isAccepted: true }), 'FORBIDDEN')
    const stranger = await harness.as('owner')
    expectProblem(await stranger.get(`${url}/${id}`), 'NOT_FOUND')
    expectProblem(await stranger.post(`${url}/${id}/end`, { reason: 'x' }), 'NOT_FOUND')
    await harness.drain()
    const inbox = (await scene.applicant.get('/v1/notifications')).json().data
    expect(inbox.map(({ kind }: { kind: string }) => kind)).toContain('agreement.state_changed')
    expect((await scene.applicant.post(`${url}/${id}/answer`, { isAccepted: false })).json().state).toBe('declined')
    expectProblem(await scene.applicant.post(`${url}/${id}/answer`, { isAccepted: true }), 'TRANSITION_NOT_ALLOWED')
    expect((await scene.provider.get(url, { query: { state: 'declined' } })).json().data).toHaveLength(1)
  })

  it('is what applications are drawn under, as far as its commitments have opened', async () => {
    const id = await inForce()
    const application = await scene.taken(upToLine(wan(200)), { agreementId: id })
    expectProblem(await draw(application, wan(100) + 1), 'LIMIT_EXCEEDED')
    expect((await draw(application, wan(80))).json()).toMatchObject({ agreementId: id, drawnFen: wan(80) })
    expect(await read(id)).toMatchObject({
      drawnFen: wan(80),
      openFen: wan(100),
      leftFen: wan(20),
      balanceFen: wan(80),
    })
    await scene.step(scene.provider, application, { action: 'repay', amountFen: wan(50) })
    expect(await read(id)).toMatchObject({ repaidFen: wan(50), leftFen: wan(70) })
    await scene.applicant.post(`${url}/${id}/end`, { reason: '协商终止' })
    expectProblem(await draw(application, wan(1)), 'TRANSITION_NOT_ALLOWED')
    expect((await scene.step(scene.provider, application, { action: 'repay', amountFen: wan(30) })).statusCode).toBe(
      200,
    )
  })

  it('is not overdrawn by two applications at the same moment', async () => {
    const id = await inForce({ isRevolving: false })
    const [one, two] = [
      await scene.taken(upToLine(wan(100)), { agreementId: id }),
      await scene.taken(upToLine(wan(100)), { agreementId: id }),
    ]
    const answers = await Promise.all([draw(one, wan(60)), draw(two, wan(60))])
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
    expect((await read(id)).drawnFen).toBe(wan(60))
  })

  it('has to be in force between the two, and to exist', async () => {
    const { id } = (await propose()).json()
    const wrong = async (agreementId: string) =>
      expectProblem(await scene.open({ agreementId }), 'VALIDATION_FAILED').errors?.[0]?.pointer
    expect(await wrong(id)).toBe('#/agreementId')
    expect(await wrong('fwa_01k9w3ynwzf5yr8t6x2m4q7c1a')).toBe('#/agreementId')
  })
})
