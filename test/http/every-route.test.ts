import { beforeAll, describe, expect, it } from 'vitest'
import { openApiText } from '../../src/boot/openapi-text.ts'
import type { ErrorCode } from '../../src/kernel/errors.ts'
import { grants, type Permission, roles } from '../../src/kernel/permissions.ts'
import { type Document, operationsOf } from '../openapi/document.ts'
import { useHarness } from '../support/harness.ts'
import { expectProblem, type HttpClient, type HttpResponse } from '../support/http.ts'

/** What is said of one route holds for all: these tests walk the operations of the product's own document. */
const operations = operationsOf(JSON.parse(await openApiText()) as Document).map(({ name, operation }) => {
  const [method = '', path = ''] = name.split(' ')
  return { name, method: method.toLowerCase(), path, permission: operation['x-required-permission'], operation }
})
const harness = useHarness()
const clients = new Map<string, HttpClient>()

beforeAll(async () => {
  clients.set('anonymous', harness.client)
  for (const role of roles) clients.set(role, await harness.as(role))
})

type Route = (typeof operations)[number]

function send({ method, path }: Route, as: string, what: { id?: string; query?: string; body?: unknown } = {}) {
  const client = clients.get(as)
  if (client === undefined) throw new Error(`nobody is ${as}`)
  const url = `${path.replace(/\{\w+\}/g, what.id ?? 'nothing')}${what.query ?? ''}`
  const headers = { 'idempotency-key': `key-${crypto.randomUUID()}`, 'if-match': '"v1"' }
  if (method === 'get') return client.get(url, { headers })
  return client[method as 'post'](url, what.body, { headers })
}

function expectAnswer(response: HttpResponse): void {
  expect(response.statusCode, response.body).toBeLessThan(500)
  if (response.statusCode >= 300) expectProblem(response, JSON.parse(response.body).code as ErrorCode)
}

describe.each(operations)('$name', (route) => {
  it('is open to the roles that hold its permission and to nobody else (API5, AUTHZ-1)', async () => {
    for (const role of ['anonymous', ...roles] as const) {
      const isGranted = grants[role].includes(route.permission as Permission)
      const response = await send(route, role, { body: { nonsense: true } })
      if (isGranted) expectAnswer(response)
      else expectProblem(response, role === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN')
    }
  })

  it('answers garbage with a problem, never with a failure of ours (API-ERR-1)', async () => {
    const bodies = [
      undefined,
      null,
      [],
      {},
      'text',
      0,
      { __proto__: null, a: { b: [] } },
      [[[[[]]]]],
      { title: '\u0000' },
    ]
    const ids = ['nothing', '%00', `usr_${'0'.repeat(26)}`, `dem_${'z'.repeat(26)}`, '-1', '%F0%9F%92%A9']
    const queries = ['', '?limit=x&cursor=y', '?limit=1&limit=2', '?%00=1', '?q=%FF', '?market=%27%3B--&sort=x']
    for (const role of ['operator', 'owner']) {
      for (const body of bodies) expectAnswer(await send(route, role, { body }))
      for (const id of ids) expectAnswer(await send(route, role, { id, body: route.operation.requestBody && {} }))
      for (const query of queries) expectAnswer(await send(route, role, { query }))
    }
  })
})
