import { beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import type { ListingKindDefinition } from '../../../src/modules/listings/index.ts'
import { expectProblem, type HttpClient, type HttpResponse } from '../../support/http.ts'
import { allKinds } from './kinds.ts'
import { useListingApi } from './listing-api.ts'

const api = useListingApi()
const { place } = api

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
