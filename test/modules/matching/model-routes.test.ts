import { beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import { shippedModel } from '../../../src/modules/matching/domain/shipped-models.ts'
import { refitModel } from '../../../src/modules/matching/refit-model.ts'
import { given } from '../../support/given.ts'
import { expectProblem } from '../../support/http.ts'
import { givenDecisions } from './decided-matches.ts'
import { useMatchingApi } from './matching-api.ts'

const api = useMatchingApi()
let operator: Principal
let refitted: string

beforeEach(async () => {
  const market = given(api.deps)
  await market.market()
  operator = await market.operator()
  await givenDecisions(api.deps, 100)
  await refitModel(api.deps)
  const { data } = (await api.as(operator).get('/v1/score-model-refits')).json()
  refitted = data[0].version
})

const get = (path: string) => api.as(operator).get(path)
const post = (version: string, verb: string, headers = {}) =>
  api.as(operator).post(`/v1/score-models/${version}/${verb}`, undefined, { headers })
const stateOf = async (version: string) => (await get(`/v1/score-models/${version}`)).json()
const audited = async () =>
  await api.rowsOf("select action, facts from audit_entries where action like 'score_model.%' order by at, action")
const announced = async () =>
  (await api.rowsOf("select type from outbox_events where type like 'score_model.%' order by seq")).map(
    ({ type }) => type,
  )

describe('GET /v1/score-models', () => {
  it('lists every model page by page, the shipped one included', async () => {
    const first = (await api.as(operator).get('/v1/score-models', { query: { limit: '1' } })).json()
    const query = { limit: '1', cursor: first.page.nextCursor }
    const second = (await api.as(operator).get('/v1/score-models', { query })).json()
    const versions = [...first.data, ...second.data].map(({ version }: { version: string }) => version)
    expect(versions.sort()).toEqual([refitted, shippedModel.version].sort())
    expect(second.page.hasMore).toBe(false)
  })

  it('shows weights, figures and the progress of re-scoring', async () => {
    const model = await stateOf(refitted)
    expect(model).toMatchObject({ state: 'active', kind: 'refit', trainingSize: 80, rescored: 0, total: 0 })
    expect(model.metrics.heldOutSize).toBe(20)
    expect(model.features.length).toBeGreaterThan(1)
  })
})

describe('GET /v1/score-model-refits', () => {
  it('tells of every night what came of it and why', async () => {
    await api.rowsOf('delete from match_decisions')
    await refitModel(api.deps)
    const { data } = (await get('/v1/score-model-refits')).json()
    expect(data.map(({ outcome }: { outcome: string }) => outcome).sort()).toEqual(['activated', 'refused'])
    expect(data.find(({ outcome }: { outcome: string }) => outcome === 'refused').reason).toContain('30 approvals')
  })
})

describe('POST /v1/score-models/{version}/activate', () => {
  it('rolls back to an older model, with audit row and fact, once', async () => {
    const answer = await post(shippedModel.version, 'activate')
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({ version: shippedModel.version, state: 'active' })
    expect(await stateOf(refitted)).toMatchObject({ state: 'retired' })
    await post(shippedModel.version, 'activate')
    expect(await audited()).toEqual([{ action: 'score_model.activated', facts: { version: shippedModel.version } }])
    expect((await announced()).filter((type) => type === 'score_model.activated')).toHaveLength(3)
  })

  it('answers a repeated request with the first answer', async () => {
    const headers = { 'idempotency-key': 'back-to-the-shipped-one' }
    const first = await post(shippedModel.version, 'activate', headers)
    await post(refitted, 'activate')
    const second = await post(shippedModel.version, 'activate', headers)
    expect(second.body).toBe(first.body)
    expect(await stateOf(refitted)).toMatchObject({ state: 'active' })
  })
})

describe('POST /v1/score-models/{version}/pin and /unpin', () => {
  it('keep the active model in force until it is let go', async () => {
    expect((await post(refitted, 'pin')).json()).toMatchObject({ isPinned: true })
    expect((await post(refitted, 'unpin')).json()).toMatchObject({ isPinned: false, state: 'active' })
    expect((await audited()).map(({ action }) => action)).toEqual(['score_model.pinned', 'score_model.unpinned'])
    expect((await announced()).slice(-2)).toEqual(['score_model.pinned', 'score_model.unpinned'])
  })

  it('pin no model but the active one', async () => {
    expectProblem(await post(shippedModel.version, 'pin'), 'TRANSITION_NOT_ALLOWED')
  })

  it('end with the activation of another', async () => {
    await post(refitted, 'pin')
    await post(shippedModel.version, 'activate')
    expect(await stateOf(refitted)).toMatchObject({ state: 'retired', isPinned: false })
  })
})

describe('the score models', () => {
  const paths = () =>
    [
      ['get', '/v1/score-models'],
      ['get', '/v1/score-model-refits'],
      ['get', `/v1/score-models/${refitted}`],
      ['post', `/v1/score-models/${refitted}/activate`],
      ['post', `/v1/score-models/${refitted}/pin`],
      ['post', `/v1/score-models/${refitted}/unpin`],
    ] as const

  it('are for operators only', async () => {
    const broker = await given(api.deps).broker()
    for (const [method, path] of paths()) {
      expectProblem(await api.anonymous()[method](path), 'UNAUTHENTICATED')
      expectProblem(await api.as(broker)[method](path), 'FORBIDDEN')
    }
  })

  it('do not exist under names that nobody gave, and refuse what is no name', async () => {
    expectProblem(await get('/v1/score-models/refit-never'), 'NOT_FOUND')
    for (const verb of ['activate', 'pin', 'unpin']) {
      expectProblem(await post('refit-never', verb), 'NOT_FOUND')
      expectProblem(await post('No_Name', verb), 'VALIDATION_FAILED')
    }
    expectProblem(await get('/v1/score-models/No_Name'), 'VALIDATION_FAILED')
    expectProblem(await get('/v1/score-models?limit=0'), 'VALIDATION_FAILED')
  })
})
