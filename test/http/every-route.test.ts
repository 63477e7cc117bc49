import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openApiText } from '../../src/boot/openapi-text.ts'
import type { ErrorCode } from '../../src/kernel/errors.ts'
import { grants, type Permission, roles } from '../../src/kernel/permissions.ts'
import type { Principal } from '../../src/kernel/principal.ts'
import { type Document, operationsOf } from '../openapi/document.ts'
import { useHarness } from '../support/harness.ts'
import { expectProblem, type HttpClient, type HttpResponse } from '../support/http.ts'

/** What is said of one route holds for all: these tests walk the operations of the product's own document. */
const operations = operationsOf(JSON.parse(await openApiText()) as Document).map(({ name, operation }) => {
  const [method = '', path = ''] = name.split(' ')
  const isStream = operation.responses[200]?.content?.['text/event-stream'] !== undefined
  return {
    name,
    method: method.toLowerCase(),
    path,
    permission: operation['x-required-permission'],
    operation,
    isStream,
  }
})
const harness = useHarness()
const people = new Map<string, Principal>()
const clients = new Map<string, HttpClient>()

beforeAll(async () => {
  const { given } = harness
  const owner = await given.organisation()
  people.set('owner', owner)
  people.set('member', await given.user(owner, 'member'))
  people.set('broker', await given.broker())
  people.set('operator', await given.operator())
})
// Signed in anew each time, because one of the routes signs out.
beforeEach(async () => {
  clients.set('anonymous', harness.client)
  for (const [role, principal] of people) clients.set(role, await harness.as(principal))
})

type Route = (typeof operations)[number]

function send(
  { method, path, isStream }: Route,
  as: string,
  what: { id?: string; query?: string; body?: unknown } = {},
) {
  const client = clients.get(as)
  if (client === undefined) throw new Error(`nobody is ${as}`)
  const url = `${path.replace(/\{\w+\}/g, what.id ?? 'nothing')}${what.query ?? ''}`
  const headers = { 'idempotency-key': `key-${crypto.randomUUID()}`, 'if-match': '"v1"' }
  if (isStream) return client.open(url, { headers })
  if (method === 'get') return client.get(url, { headers })
  return client[method as 'post'](url, what.body, { headers })
}

function expectAnswer(response: HttpResponse): void {
  expect(response.statusCode, response.body).toBeLessThan(500)
  if (response.statusCode >= 300) expectProblem(response, JSON.parse(response.body).code as ErrorCode)
}

/** An id as the route's own pattern wants it, of something that does not exist. */
function missingId({ operation }: Route): string {
  const pattern = operation.parameters?.find((parameter) => parameter.in === 'path')?.schema.pattern
  const prefix = /^\^([a-z]+)_/.exec(pattern ?? '')?.[1]
  return prefix === undefined ? 'nothing' : `${prefix}_01k9w3ynwzf5yr8t6x2m4q7c0z`
}

/** Values that fit most types, but not the field they stand in. */
const oddValues = [
  null,
  '',
  0,
  -1,
  1e308,
  true,
  [],
  {},
  '0'.repeat(5_000),
  '\u{1F600}',
  "'; drop table users; --",
  [null],
  ['a', 'a'],
]

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

  it('answers its own example about what does not exist with a success or a refusal', async () => {
    const body = route.operation.requestBody?.content['application/json']?.example
    for (const role of roles) expectAnswer(await send(route, role, { id: missingId(route), body }))
  })

  it('answers its example with any one field gone wrong with a success or a refusal', async () => {
    const body = route.operation.requestBody?.content['application/json']?.example ?? {}
    const role = roles.find((one) => grants[one].includes(route.permission as Permission)) ?? 'owner'
    for (const field of Object.keys(body)) {
      for (const value of oddValues) {
        expectAnswer(await send(route, role, { id: missingId(route), body: { ...body, [field]: value } }))
      }
    }
  }, 60_000)
})
