import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openApiText } from '../../src/boot/openapi-text.ts'
import { openApiDocument } from '../../src/http/openapi.ts'
import { routeCollector } from '../../src/http/route.ts'
import { defineSchema } from '../../src/http/schema-registry.ts'
import { thingRoutes } from '../http/things.ts'
import { type Document, operationsOf, referencesOf, resolve } from './document.ts'
import { lint } from './lint.ts'

const product = JSON.parse(await openApiText()) as Document
const turnstile = { close: () => {}, open: () => {}, pass: async () => {}, arrivals: async () => {} }
const routes = thingRoutes(turnstile)
const fixture = JSON.parse(JSON.stringify(openApiDocument(routes, '1.0.0'))) as Document

it('openapi/openapi.json is what the routes say; after a change run `npm run openapi`', async () => {
  const committed = await readFile('openapi/openapi.json', 'utf8')
  expect(JSON.parse(committed)).toEqual(product)
  expect(committed).toBe(await openApiText())
})

describe.each([
  ['the product', product],
  ['the throw-away routes', fixture],
])('the document of %s', (_name, document) => {
  const operations = operationsOf(document)

  it('breaks no rule of redocly.yaml (OAS-3)', async () => {
    expect(await lint(document)).toEqual([])
  }, 60_000)

  it('gives every operation a verb as id, a summary, a tag and its security (OAS-1)', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => !/^[a-z]+([A-Z][a-z0-9]*)*$/.test(id))).toEqual([])
    const poor = operations.filter(({ operation }) => {
      return operation.summary === '' || operation.tags.length !== 1 || operation.security.length === 0
    })
    expect(poor.map(({ name }) => name)).toEqual([])
  })

  it('shows an example of every body and every success (OAS-1)', () => {
    const bare = operations.filter(({ operation }) => {
      const contents = [operation.requestBody, ...Object.entries(operation.responses).filter(isSuccess).map(second)]
      return contents.some((part) => part?.content?.['application/json'] && !hasExample(part.content))
    })
    expect(bare.map(({ name }) => name)).toEqual([])
  })

  it('names the problem of every failure (OAS-1)', () => {
    const silent = operations.filter(({ operation }) =>
      Object.entries(operation.responses).some(
        (entry) => !isSuccess(entry) && entry[1].content?.['application/problem+json'] === undefined,
      ),
    )
    expect(silent.map(({ name }) => name)).toEqual([])
    for (const { name, operation } of operations) {
      expect(Object.keys(operation.responses), name).toEqual(expect.arrayContaining(['400', '401', '429', 'default']))
      expect(operation.responses['429']?.headers, name).toHaveProperty('Retry-After')
    }
  })

  it('resolves every reference and refers to every component', () => {
    const references = referencesOf(document)
    expect(references.filter((reference) => resolve(document, reference) === undefined)).toEqual([])
    const { securitySchemes: _schemes, ...sections } = document.components
    const components = Object.entries(sections).flatMap(([section, entries]) =>
      Object.keys(entries).map((name) => `#/components/${section}/${name}`),
    )
    expect(components.filter((component) => !references.includes(component))).toEqual([])
  })
})

describe('the linter', () => {
  it.each([
    ['an example that breaks its schema', /no-invalid-media-type-examples/, { title: 7 }],
    ['an example with an unknown field', /no-invalid-media-type-examples/, { title: 'A pump', colour: 'red' }],
  ])(
    'finds %s',
    async (_name, rule, example) => {
      const broken = structuredClone(fixture)
      const content = broken.paths['/v1/things']?.post?.requestBody?.content['application/json']
      if (content) content.example = example
      expect((await lint(broken)).join('\n')).toMatch(rule)
    },
    60_000,
  )
})

describe('the examples of the routes', () => {
  it('are accepted by the schemas that validate requests and answers', () => {
    const wrong = routes.filter(({ body, response, example }) => {
      return body?.safeParse(example.body).success === false || response?.safeParse(example.response).success === false
    })
    expect(wrong.map(({ operationId }) => operationId)).toEqual([])
  })
})

describe('a schema with a default', () => {
  it('has one name as input and another as output, because a client must always get the field', () => {
    const schemas = fixture.components.schemas as Record<string, { required: string[]; additionalProperties?: boolean }>
    expect(schemas.PartInput?.required).toEqual(['name'])
    expect(schemas.Part?.required).toEqual(['name', 'count'])
    expect(JSON.stringify(fixture.paths['/v1/things']?.post?.requestBody)).toContain('ThingCreate')
  })

  it('renames what refers to it, too, and nothing else', () => {
    const inner = defineSchema('Inner', z.strictObject({ size: z.int().default(1) }))
    const outer = defineSchema('Outer', z.strictObject({ inner }))
    const plain = defineSchema('Plain', z.strictObject({ size: z.int() }))
    const both = z.strictObject({ outer, plain })
    const { api, routes: own } = routeCollector()
    const example = { outer: { inner: { size: 1 } }, plain: { size: 1 } }
    api.put('/v1/both', {
      ...{ operationId: 'putBoth', summary: 'Put both', tag: 'Search', permission: 'listing.update' },
      ...{ body: both, response: both, example: { body: example, response: example } },
      handle: async ({ body }) => ({ body }),
    })
    const { components } = openApiDocument(own, '1.0.0')
    expect(Object.keys(components.schemas as object)).toEqual([
      'Inner',
      'InnerInput',
      'Outer',
      'OuterInput',
      'Plain',
      'Problem',
    ])
  })

  it('lets answers grow fields and requests have none that are unknown', () => {
    const schemas = fixture.components.schemas as Record<string, { additionalProperties?: boolean }>
    expect(schemas.Thing?.additionalProperties).toBeUndefined()
    expect(schemas.ThingCreate?.additionalProperties).toBe(false)
  })
})

function isSuccess([status]: [string, unknown]): boolean {
  return status.startsWith('2')
}

function second<T>([, value]: [string, T]): T {
  return value
}

function hasExample(content: Record<string, { example?: unknown }>): boolean {
  return Object.values(content).every(({ example }) => example !== undefined)
}
