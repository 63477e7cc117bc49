import { beforeEach, describe, expect, it } from 'vitest'
import { savedQueryBody } from '../../../src/modules/saved-searches/schemas.ts'
import { searchListingsQuery } from '../../../src/modules/search/index.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem, type HttpClient } from '../../support/http.ts'

const harness = useHarness()
const url = '/v1/saved-searches'
const body = { name: '钙钛矿', query: { q: '钙钛矿', kind: ['supply'], trlMin: 3 }, alerts: 'instant' }
let user: HttpClient

beforeEach(async () => {
  await harness.reset()
  await harness.given.market()
  user = await harness.as('owner')
})

describe('saved searches', () => {
  it('take the filters of GET /v1/search', () => {
    const { limit: _limit, cursor: _cursor, sort: _sort, facets: _facets, ...filters } = searchListingsQuery.shape
    expect(Object.keys(savedQueryBody.shape).sort()).toEqual(Object.keys(filters).sort())
  })

  it('are made, read, listed, changed and removed by their user', async () => {
    const made = await user.post(url, body)
    expect(made.statusCode, made.body).toBe(201)
    expect(made.json()).toMatchObject({ ...body, version: 1 })
    const one = `${url}/${made.json().id}`
    expect((await user.get(one)).headers.etag).toBe('"v1"')
    expect((await user.get(url)).json().data).toEqual([made.json()])
    const changed = await user.patch(one, { query: { field: 'new-materials' } }, { headers: { 'if-match': '"v1"' } })
    expect(changed.json()).toMatchObject({ name: '钙钛矿', query: { field: 'new-materials' }, version: 2 })
    expectProblem(await user.patch(one, { alerts: 'off' }, { headers: { 'if-match': '"v1"' } }), 'PRECONDITION_FAILED')
    expectProblem(await user.patch(one, { alerts: 'off' }), 'PRECONDITION_REQUIRED')
    expectProblem(await user.delete(one, undefined, { headers: { 'if-match': '"v1"' } }), 'PRECONDITION_FAILED')
    expect((await user.delete(one, undefined, { headers: { 'if-match': '"v2"' } })).statusCode).toBe(204)
    expectProblem(await user.get(one), 'NOT_FOUND')
  })

  it('page through their hits, newest first, with teasers alone', async () => {
    const { id } = (await user.post(url, { ...body, query: { q: '钙钛矿' } })).json()
    const by = await harness.given.organisation({ kind: 'university' })
    for (const title of ['钙钛矿一号', '钙钛矿二号', '钙钛矿三号']) {
      await harness.given.publishedSupply({ by, title, description: '只给会员看的钙钛矿工艺' })
      await harness.drain()
      harness.clock.advance('1s')
    }
    const first = (await user.get(`${url}/${id}/hits`, { query: { limit: '2' } })).json()
    const cursor = first.page.nextCursor
    const second = (await user.get(`${url}/${id}/hits`, { query: { limit: '2', cursor } })).json()
    const titles = [...first.data, ...second.data].map(({ title }) => title)
    expect(titles).toEqual(['钙钛矿三号', '钙钛矿二号', '钙钛矿一号'])
    expect(JSON.stringify(first)).not.toContain('会员')
    expect(second.page).toEqual({ nextCursor: null, hasMore: false })
  })

  it('are made once for one Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'saved-search-0001' }
    const [one, other] = [await user.post(url, body, { headers }), await user.post(url, body, { headers })]
    expect([other.statusCode, other.json()]).toEqual([201, one.json()])
    expect((await user.get(url)).json().data).toHaveLength(1)
  })

  it('are nothing to strangers, and do not exist for other users, colleagues included', async () => {
    const principal = await harness.given.organisation()
    const { id } = (await (await harness.as(principal)).post(url, body)).json()
    const colleague = await harness.as(await harness.given.user(principal, 'member'))
    const headers = { 'if-match': '"v1"' }
    expectProblem(await harness.client.post(url, body), 'UNAUTHENTICATED')
    expectProblem(await harness.client.get(`${url}/${id}/hits`), 'UNAUTHENTICATED')
    expectProblem(await colleague.get(`${url}/${id}`), 'NOT_FOUND')
    expectProblem(await colleague.get(`${url}/${id}/hits`), 'NOT_FOUND')
    expectProblem(await colleague.patch(`${url}/${id}`, { alerts: 'off' }, { headers }), 'NOT_FOUND')
    expectProblem(await colleague.delete(`${url}/${id}`, undefined, { headers }), 'NOT_FOUND')
    expect((await colleague.get(url)).json().data).toEqual([])
  })

  it.each([
    [{ ...body, query: { colour: 'red' } }, '#/query/colour'],
    [{ ...body, query: { sort: 'newest' } }, '#/query/sort'],
    [{ ...body, query: { trlMin: '3' } }, '#/query/trlMin'],
    [{ ...body, query: { field: 'new-material' } }, '#/query/field'],
    [{ ...body, query: { market: 'atlantis' } }, '#/query/market'],
    [{ ...body, query: { q: '压'.repeat(1_001) } }, '#/query/q'],
    [{ ...body, name: ' ' }, '#/name'],
    [{ ...body, alerts: 'hourly' }, '#/alerts'],
  ])('refuse %j', async (wrong, pointer) => {
    const problem = expectProblem(await user.post(url, wrong), 'VALIDATION_FAILED')
    expect(problem.errors?.map((error) => error.pointer)).toContain(pointer)
  })

  it('are 50 a user at most', async () => {
    const { id } = (await user.post(url, body)).json()
    await harness.database.pool.query(
      `insert into saved_searches select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid()))).*
       from saved_searches s, generate_series(1, 48)`,
    )
    expect((await user.post(url, body)).statusCode).toBe(201)
    const problem = expectProblem(await user.post(url, body), 'VALIDATION_FAILED')
    expect(problem.errors?.[0]?.code).toBe('too_many_saved_searches')
    await user.delete(`${url}/${id}`, undefined, { headers: { 'if-match': '"v1"' } })
    expect((await user.post(url, body)).statusCode).toBe(201)
  })
})
