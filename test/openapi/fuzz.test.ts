import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openApiText } from '../../src/boot/openapi-text.ts'
import type { ErrorCode } from '../../src/kernel/errors.ts'
import { grants, type Permission, roles } from '../../src/kernel/permissions.ts'
import type { Principal } from '../../src/kernel/principal.ts'
import { useHarness } from '../support/harness.ts'
import { expectProblem, type HttpClient, type HttpResponse } from '../support/http.ts'
import { arbitraryOf, type Schema } from './arbitrary-of-schema.ts'
import { type Document, type Operation, operationsOf } from './document.ts'

const document = JSON.parse(await openApiText()) as Document
const harness = useHarness()
const people = new Map<string, Principal>()
const clients = new Map<string, HttpClient>()

/** At least 5,000 requests over all operations, the same in every run (OAS-5). */
const seed = 20_261_128
const operations = operationsOf(document)
  .map(({ name, operation }) => ({ name, operation, spec: specOf(name, operation) }))
  .filter(({ spec }) => !spec.isStream)
const casesEach = Math.ceil(5_000 / operations.length)

type Parameter = { in: string; name: string; required?: boolean; schema: Schema }
type Spec = {
  method: string
  path: string
  permission: Permission
  parameters: Parameter[]
  body: Schema | undefined
  takesFile: boolean
  isStream: boolean
}

function specOf(name: string, operation: Operation): Spec {
  const [method = '', path = ''] = name.split(' ')
  const bodies = operation.requestBody?.content ?? {}
  return {
    method: method.toLowerCase(),
    path,
    permission: operation['x-required-permission'] as Permission,
    parameters: (operation.parameters ?? []) as unknown as Parameter[],
    body: (bodies['application/json'] as { schema?: Schema } | undefined)?.schema,
    takesFile: Object.keys(bodies).length > 0 && bodies['application/json'] === undefined,
    isStream: operation.responses[200]?.content?.['text/event-stream'] !== undefined,
  }
}

beforeAll(async () => {
  const { given } = harness
  const owner = await given.organisation()
  people.set('owner', owner)
  people.set('member', await given.user(owner, 'member'))
  people.set('broker', await given.broker())
  people.set('operator', await given.operator())
})
// Signed in anew each time, because some of the operations sign out.
beforeEach(async () => {
  clients.set('anonymous', harness.client)
  for (const [role, principal] of people) clients.set(role, await harness.as(principal))
})

type Flaw = 'none' | 'unknown-field' | 'missing-field' | 'unknown-parameter'
type Case = {
  role: string
  path: Record<string, unknown>
  query: Record<string, unknown>
  body: unknown
  flaw: Flaw
  place: number
}

function casesOf(spec: Spec): fc.Arbitrary<Case> {
  const group = (place: string) => {
    const own = spec.parameters.filter((parameter) => parameter.in === place)
    const shape = Object.fromEntries(own.map(({ name, schema }) => [name, arbitraryOf(schema, document)]))
    const requiredKeys = own.filter(({ required }) => required).map(({ name }) => name)
    return fc.record(shape, { requiredKeys }) as fc.Arbitrary<Record<string, unknown>>
  }
  const flaws: Flaw[] = spec.body === undefined ? ['unknown-parameter'] : ['unknown-field', 'missing-field']
  return fc.record({
    role: fc.constantFrom(...rolesOf(spec)),
    path: group('path'),
    query: group('query'),
    body: spec.body === undefined ? fc.constant(undefined) : arbitraryOf(spec.body, document),
    flaw: fc.oneof({ arbitrary: fc.constant<Flaw>('none'), weight: 3 }, fc.constantFrom(...flaws)),
    place: fc.nat(1_000),
  })
}

/** Those who get as far as the validation. */
function rolesOf({ permission }: Spec): string[] {
  return ['anonymous', ...roles].filter((role) => grants[role as keyof typeof grants].includes(permission))
}

async function send(spec: Spec, { role, path, query, body, flaw, place }: Case): Promise<HttpResponse> {
  const client = clients.get(role)
  if (client === undefined) throw new Error(`nobody is ${role}`)
  const url = spec.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name])))
  const parameters = { ...query, ...(flaw === 'unknown-parameter' && { notAParameter: 'x' }) }
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) search.set(name, String(value))
  const headers = { 'idempotency-key': `key-${crypto.randomUUID()}`, 'if-match': '"v1"' }
  const target = `${url}?${search}`
  if (spec.method === 'get') return client.get(target, { headers })
  return client[spec.method as 'post'](target, flawed(body, flaw, place, spec.body?.required ?? []), { headers })
}

function flawed(body: unknown, flaw: Flaw, place: number, required: readonly string[]): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
  if (flaw === 'unknown-field') return { ...body, notAField: place }
  if (flaw !== 'missing-field' || required.length === 0) return body
  const { [required[place % required.length] ?? '']: _dropped, ...rest } = body as Record<string, unknown>
  return rest
}

const isRefusable = ({ flaw }: Case, { body, takesFile }: Spec) =>
  // Without a file the media type is what is wrong first.
  (flaw === 'unknown-parameter' && !takesFile) ||
  (flaw === 'unknown-field' && body?.type === 'object' && body.additionalProperties === false) ||
  (flaw === 'missing-field' && (body?.required?.length ?? 0) > 0)

describe('any request that the document allows, and many that it does not', () => {
  it('are at least 5,000', () => {
    expect(casesEach * operations.length).toBeGreaterThanOrEqual(5_000)
  })

  it.each(operations)(
    '$name answers as it says, never with 5xx, and refuses what it does not know',
    async (one) => {
      for (const sample of fc.sample(casesOf(one.spec), { numRuns: casesEach, seed })) {
        expectDeclared(await send(one.spec, sample), one, sample)
      }
    },
    60_000,
  )
})

function expectDeclared(response: HttpResponse, { operation, spec }: (typeof operations)[number], sample: Case): void {
  const { statusCode, body } = response
  const shown = `${JSON.stringify(sample).slice(0, 600)} → ${body.slice(0, 400)}`
  expect(statusCode, shown).toBeLessThan(500)
  const isDeclared = [String(statusCode), `${String(statusCode)[0]}XX`].some((key) => key in operation.responses)
  expect(isDeclared, `${statusCode} is not in the document: ${shown}`).toBe(true)
  if (statusCode >= 400) expectProblem(response, JSON.parse(body).code as ErrorCode)
  // A sign-out among the cases before leaves the rest of them signed out.
  if (isRefusable(sample, spec) && statusCode !== 401) expect(statusCode, shown).toBe(400)
}
