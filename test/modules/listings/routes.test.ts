import { beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import type { ListingKindDefinition } from '../../../src/modules/listings/index.ts'
import { bodyOf } from '../../support/given.ts'
import { expectProblem, type HttpClient, type HttpResponse } from '../../support/http.ts'
import { allKinds } from './kinds.ts'
import { useListingApi } from './listing-api.ts'

const api = useListingApi()
const { place } = api

type ListAnswer = { data: { id: string }[]; page: { nextCursor: string | null; hasMore: boolean } }
type Stage = 'draft' | 'submitted' | 'published'
type Target = { url: string; etag: string; definition: ListingKindDefinition }
type RouteCase = {
  name: string
  stage: Stage
  by: 'owner' | 'operator'
  status: number
  send(http: HttpClient, target: Target, headers?: Record<string, string>): Promise<HttpResponse>
  bad(http: HttpClient, target: Target): Promise<HttpResponse>
  /** The first field of the refusal of `bad`. */
  pointer: string
}

const verb = (name: string, stage: Stage, more: Partial<RouteCase> & { body?: unknown; badBody?: unknown } = {}) => ({
  ...{ name, stage, by: 'owner' as const, status: 200, pointer: '#/nonsense' },
  send: (http: HttpClient, { url }: Target, headers = {}) => http.post(`${url}/${name}`, more.body, { headers }),
  bad: (http: HttpClient, { url }: Target) => http.post(`${url}/${name}`, more.badBody ?? { nonsense: 1 }),
  ...more,
})

const cases: RouteCase[] = [
  {
    ...{ name: 'get', stage: 'draft', by: 'owner', status: 200, pointer: '#/id' },
    send: (http, { url }) => http.get(url),
    bad: (http, { url }) => http.get(`${url}0`),
  },
  {
    ...{ name: 'history', stage: 'draft', by: 'owner', status: 200, pointer: '#/limit' },
    send: (http, { url }) => http.get(`${url}/history`),
    bad: (http, { url }) => http.get(`${url}/history?limit=0`),
  },
  {
    ...{ name: 'update', stage: 'draft', by: 'owner', status: 200, pointer: '#/title' },
    send: (http, { url, etag }) => http.patch(url, { title: '换一个标题' }, { headers: { 'if-match': etag } }),
    bad: (http, { url, etag }) => http.patch(url, { title: '短' }, { headers: { 'if-match': etag } }),
  },
  {
    ...{ name: 'delete', stage: 'draft', by: 'owner', status: 204, pointer: '#/if-match' },
    send: (http, { url, etag }) => http.delete(url, undefined, { headers: { 'if-match': etag } }),
    bad: (http, { url }) => http.delete(url, undefined, { headers: { 'if-match': 'v1' } }),
  },
  verb('submit', 'draft'),
  verb('publish', 'submitted', { by: 'operator' }),
  verb('return', 'submitted', {
    ...{ by: 'operator', body: { reasons: ['incomplete_text'], note: '请补充' }, pointer: '#/reasons' },
    badBody: { reasons: [] },
  }),
  verb('renew', 'published', { pointer: '#/validUntil', badBody: { validUntil: '2026-02-30' } }),
  verb('withdraw', 'published'),
  verb('close', 'published', {
    ...{ body: { outcome: 'contracted' }, pointer: '#/outcome', badBody: { outcome: 'expired' } },
  }),
]

describe.each(allKinds.map((definition) => [definition.path, definition] as const))(
  '/v1/%s/{id}',
  (path, definition) => {
    let owner: Principal
    let operator: Principal
    beforeEach(async () => {
      await place.given.market({ code: 'jiangsu' })
      operator = await place.given.operator()
      owner = await place.given.organisation({ kind: definition.owners[0] })
    })
    const target = async (stage: Stage): Promise<Target> => {
      const { listing } = await place.given[stage](definition, { by: owner })
      return { url: `/v1/${path}/${listing.id}`, etag: `"v${listing.version}"`, definition }
    }

    it.each(cases)('$name answers $status with a fresh ETag, 400, 401, 403 and 404', async (route) => {
      const on = await target(route.stage)
      const actor = route.by === 'owner' ? owner : operator
      const problem = expectProblem(await route.bad(api.as(actor), on), 'VALIDATION_FAILED')
      expect(problem.errors?.[0]?.pointer).toBe(route.pointer)
      expectProblem(await route.send(api.as({ ...actor, scopes: ['market.read'] }), on), 'FORBIDDEN')
      const isRead = route.name === 'get'
      expectProblem(await route.send(api.as(), on), isRead ? 'NOT_FOUND' : 'UNAUTHENTICATED')
      const stranger = route.by === 'owner' ? await place.given.organisation() : await place.given.operator('jiangsu')
      expectProblem(await route.send(api.as(stranger), on), 'NOT_FOUND')
      if (route.by === 'operator') expectProblem(await route.send(api.as(owner), on), 'FORBIDDEN')

      const response = await route.send(api.as(actor), on)
      expect(response.statusCode, response.body).toBe(route.status)
      if (route.status !== 200 || route.name === 'history') return
      const { version, disclosure } = response.json()
      const view = disclosure === 'full' ? '' : `.${disclosure}`
      expect(response.headers.etag).toBe(`"v${version}${view}"`)
    })

    it.each(cases.filter(({ name }) => ['submit', 'publish', 'return', 'renew', 'withdraw', 'close'].includes(name)))(
      '$name is done once per Idempotency-Key, and refuses a stale If-Match',
      async (route) => {
        const on = await target(route.stage)
        const http = api.as(route.by === 'owner' ? owner : operator)
        expectProblem(await route.send(http, on, { 'if-match': '"v99"' }), 'PRECONDITION_FAILED')
        const headers = { 'idempotency-key': `key-of-${route.name}-0001` }
        const first = await route.send(http, on, headers)
        const again = await route.send(http, on, headers)
        expect([first.statusCode, again.statusCode]).toEqual([200, 200])
        expect(again.body).toBe(first.body)
        expect(again.headers).toMatchObject({ 'idempotency-replayed': 'true', etag: first.headers.etag })
      },
    )

    it('asks for If-Match on update and delete, and names the current ETag when it is stale', async () => {
      const { url } = await target('draft')
      const http = api.as(owner)
      expectProblem(await http.patch(url, { title: '换一个标题' }), 'PRECONDITION_REQUIRED')
      expectProblem(await http.delete(url), 'PRECONDITION_REQUIRED')
      const headers = { 'if-match': '"v7"' }
      for (const stale of [
        await http.patch(url, { title: '换一个标题' }, { headers }),
        await http.delete(url, undefined, { headers }),
      ]) {
        expectProblem(stale, 'PRECONDITION_FAILED')
        expect(stale.headers.etag).toBe('"v1"')
      }
    })

    it('answers 304 for the ETag of the own view and the body for that of another view', async () => {
      const { url } = await target('published')
      const viewers = [undefined, await place.given.organisation(), owner]
      const etags = await Promise.all(viewers.map(async (viewer) => (await api.as(viewer).get(url)).headers.etag))
      expect(etags).toEqual(['"v3.teaser"', '"v3.member"', '"v3"'])
      for (const [index, viewer] of viewers.entries()) {
        for (const [other, etag] of etags.entries()) {
          const { statusCode, body } = await api.as(viewer).get(url, { headers: { 'if-none-match': String(etag) } })
          expect([statusCode, body === '']).toEqual(index === other ? [304, true] : [200, false])
        }
      }
    })

    it('is unknown under the path of another kind', async () => {
      const { url } = await target('published')
      const id = url.split('/').at(-1)
      for (const { path: other } of allKinds.filter((kind) => kind !== definition)) {
        const problem = expectProblem(await api.as(owner).get(`/v1/${other}/${id}`), 'VALIDATION_FAILED')
        expect(problem.errors).toMatchObject([{ location: 'path', pointer: '#/id' }])
      }
    })
  },
)

describe.each(allKinds.map((definition) => [definition.path, definition] as const))(
  'POST /v1/%s',
  (path, definition) => {
    const url = `/v1/${path}`
    const post = (actor: Principal | undefined, change: Record<string, unknown>, headers = {}) =>
      api.as(actor).post(url, bodyOf(definition, { market: 'ningbo', ...change }), { headers })
    const ownerOf = () => place.given.organisation({ kind: definition.owners[0] })

    it('answers 201 with the draft, its address and its ETag', async () => {
      const owner = await ownerOf()
      const confidential = { confidentialDetail: '内部参数', contact: { name: '王工', email: 'w@example.com' } }
      const response = await post(owner, { ...confidential, externalId: 'A-1' })
      expect(response.statusCode, response.body).toBe(201)
      const listing = response.json()
      expect(listing).toMatchObject({
        ...bodyOf(definition, { market: 'ningbo', ...confidential, externalId: 'A-1' }),
        ...{ kind: definition.kind, state: 'draft', disclosure: 'full', version: 1 },
        organisation: { id: owner.orgId, kind: definition.owners[0] },
        allowedActions: ['edit', 'delete', 'submit'],
      })
      expect(response.headers).toMatchObject({ location: `${url}/${listing.id}`, etag: '"v1"' })
      expect((await api.as(owner).get(`${url}/${listing.id}`)).json()).toEqual(listing)
    })

    it('answers 401 to nobody, 403 to organisations of other kinds, 409 for a taken external id', async () => {
      const owner = await ownerOf()
      expectProblem(await post(undefined, {}), 'UNAUTHENTICATED')
      const wrong = definition.kind === 'finance_product' ? 'enterprise' : 'financial_institution'
      expectProblem(await post(await place.given.organisation({ kind: wrong }), {}), 'FORBIDDEN')
      await post(owner, { externalId: 'A-1' })
      expectProblem(await post(owner, { externalId: 'A-1' }), 'EXTERNAL_ID_TAKEN')
    })

    it('creates one listing per Idempotency-Key, and refuses the key for another body', async () => {
      const owner = await ownerOf()
      const headers = { 'idempotency-key': 'create-once-0001' }
      const [first, again] = [await post(owner, {}, headers), await post(owner, {}, headers)]
      expect(again.body).toBe(first.body)
      expect(again.headers).toMatchObject({ 'idempotency-replayed': 'true', location: first.headers.location })
      expectProblem(await post(owner, { title: '另一个标题' }, headers), 'IDEMPOTENCY_KEY_REUSED')
      expect(await place.pool.query('select from listings')).toMatchObject({ rowCount: 1 })
    })

    it('names every wrong field at once, with the nearest valid code or field', async () => {
      const problem = expectProblem(
        await post(await ownerOf(), {
          ...{ title: '短', fields: ['new-material'], region: '990000', ipc: ['Y02E60/10'], titel: 'x' },
          ...{ cooperationModes: ['joint_developement'], indicators: [{ name: '精度', operator: '>=', valeu: 1 }] },
          ...{ contact: { name: '王', mail: 'x' }, validUntil: '2026-13-01', language: 'fr', keywords: ['\ud800'] },
        }),
        'VALIDATION_FAILED',
      )
      const found = new Map(problem.errors?.map(({ pointer, message }) => [pointer, message]))
      expect([...found.keys()].sort()).toEqual(
        [
          ...[
            '#/title',
            '#/fields/0',
            '#/region',
            '#/ipc/0',
            '#/titel',
            '#/cooperationModes/0',
            '#/indicators/0/value',
          ],
          ...['#/indicators/0/valeu', '#/contact/mail', '#/validUntil', '#/language', '#/keywords/0'],
        ].sort(),
      )
      expect(found.get('#/fields/0')).toContain('did you mean "new-materials"?')
      expect(found.get('#/cooperationModes/0')).toContain('did you mean "joint_development"?')
      expect(found.get('#/titel')).toContain('did you mean "title"?')
      expect(found.get('#/indicators/0/valeu')).toContain('did you mean "value"?')
      expect(found.get('#/contact/mail')).toContain('did you mean "email"?')
      expect(found.get('#/keywords/0')).toContain('surrogate')
    })

    it('points at an unknown market', async () => {
      const problem = expectProblem(await post(await ownerOf(), { market: 'atlantis' }), 'VALIDATION_FAILED')
      expect(problem.errors).toMatchObject([{ pointer: '#/market', code: 'unknown_market' }])
    })
  },
)

describe("the kinds' own rules over HTTP", () => {
  const refusal = async (path: string, change: Record<string, unknown>) => {
    const definition = allKinds.find((kind) => kind.path === path)
    if (!definition) throw new Error(path)
    const owner = await place.given.organisation({ kind: definition.owners[0] })
    const body = bodyOf(definition, { market: 'ningbo', ...change })
    const problem = expectProblem(await api.as(owner).post(`/v1/${path}`, body), 'VALIDATION_FAILED')
    return problem.errors?.map(({ pointer, message }) => `${pointer}: ${message}`)
  }
  const patent = { type: 'invention', legalState: 'granted', number: '201710601862.4' }

  it.each([
    ['supplies', { ipRights: [patent] }, [/^#\/ipRights\/0\/number: .*check digit/]],
    [
      'supplies',
      { ipRights: ['201710601862.3', 'CN2017106018623'].map((number) => ({ ...patent, number })) },
      [/^#\/ipRights: names the same number twice/],
    ],
    ['supplies', { ipRights: [{ ...patent, type: 'inventon' }] }, [/^#\/ipRights\/0\/type: .*"invention"/]],
    ['supplies', { ipRights: [{ type: 'software', legalState: 'valid' }] }, [/^#\/ipRights\/0\/legalState/]],
    ['supplies', { priceMode: 'fixed', priceMinFen: null }, [/^#\/priceMinFen: a fixed price needs an amount/]],
    ['supplies', { priceMinFen: 1.5 }, [/^#\/priceMinFen: .*fen/]],
    ['supplies', { trl: 10 }, [/^#\/trl/]],
    ['supplies', { attachments: [{ name: 'a', sha256: 'x', sizeBytes: 1, mediaType: 'a/b' }] }, [/sha256: .*64 hex/]],
    ['supplies', { indicators: [{ name: 'x', operator: 'range', value: 5, valueMax: 4 }] }, [/valueMax: a range/]],
    ['demands', { trlMin: 8, trlMax: 5 }, [/^#\/trlMax: must not be below trlMin/]],
    ['demands', { budgetMinFen: 3, budgetMaxFen: 2 }, [/^#\/budgetMaxFen: must not be below/]],
    ['demands', { elements: { materiel: '钢' } }, [/^#\/elements\/materiel: .*"material"/]],
    ['finance-products', { productKind: 'ip_pledge' }, [/^#\/productKind: .*did you mean "ip_pledge_loan"/]],
    ['finance-products', { rate: { kind: 'fixed' } }, [/^#\/rate: a fixed rate needs percent/]],
    ['finance-products', { riskShares: [{ party: 'bank', percent: 70 }] }, [/^#\/riskShares: must sum to 100 %/]],
    ['finance-products', { termMonthsMin: 37 }, [/^#\/termMonthsMax: must not be below/]],
  ])('%s: %j', async (path, change, messages) => {
    expect(await refusal(path, change)).toEqual(messages.map((message) => expect.stringMatching(message)))
  })

  it('stores a patent number and an IPC symbol in their one spelling', async () => {
    const owner = await place.given.organisation({ kind: 'university' })
    const definition = allKinds[0] as ListingKindDefinition
    const spelled = { ipRights: [{ ...patent, number: 'ZL 201710601862.3' }], ipc: ['b22d 17/22'] }
    const body = bodyOf(definition, { market: 'ningbo', ...spelled })
    const response = await api.as(owner).post('/v1/supplies', body)
    expect(response.json()).toMatchObject({ ipRights: [{ number: '201710601862.3' }], ipc: ['B22D17/22'] })
  })
})

describe.each(allKinds.map((definition) => [definition.path, definition] as const))(
  'GET /v1/%s',
  (path, definition) => {
    const url = `/v1/${path}`

    it('pages through the public list to its end, with the cursor of the same filters only', async () => {
      const by = await place.given.organisation({ kind: definition.owners[0] })
      const made: string[] = []
      for (let n = 0; n < 5; n += 1) made.unshift((await place.given.published(definition, { by })).listing.id)
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const after: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
        const { data, page }: ListAnswer = (await api.as().get(`${url}?limit=2&market=ningbo${after}`)).json()
        seen.push(...data.map(({ id }) => id))
        expect(page.hasMore).toBe(page.nextCursor !== null)
        if (cursor === null)
          expectProblem(await api.as().get(`${url}?limit=2&cursor=${page.nextCursor}`), 'CURSOR_INVALID')
        cursor = page.nextCursor
      } while (cursor !== null)
      expect(seen).toEqual(made)
    })

    it('refuses unknown parameters, foreign codes and limits out of range, all at once', async () => {
      const problem = expectProblem(
        await api.as().get(`${url}?limit=101&feild=x&field=material&region=3&state=red&mine=yes`),
        'VALIDATION_FAILED',
      )
      expect(problem.errors?.map(({ pointer }) => pointer).sort()).toEqual(
        ['#/limit', '#/feild', '#/field', '#/region', '#/state', '#/mine'].sort(),
      )
    })

    it('answers 401 and 403 where a list is not for everybody', async () => {
      expectProblem(await api.as().get(`${url}?mine=true`), 'UNAUTHENTICATED')
      expectProblem(await api.as().get(`${url}?state=submitted`), 'UNAUTHENTICATED')
      const owner = await place.given.organisation()
      expectProblem(await api.as(owner).get(`${url}?state=submitted`), 'FORBIDDEN')
      expect((await api.as(owner).get(`${url}?mine=true`)).statusCode).toBe(200)
    })
  },
)
