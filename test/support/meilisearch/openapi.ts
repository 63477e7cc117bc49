import { readFileSync } from 'node:fs'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Exchange } from './server.ts'

type Parameter = { name: string; in: string; required?: boolean }
type Content = { content?: Record<string, { schema?: object }> }
type Operation = { parameters?: Parameter[]; requestBody?: Content; responses: Record<string, Content> }
type Document = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, object> } }

/**
 * Checks requests, and the imitation's answers, against the description that Meilisearch publishes; undefined when
 * MEILI_OPENAPI does not name it. Problems are collected, because a check cannot throw inside a server.
 */
export function openApiCheck(): { check(exchange: Exchange): void; problems: string[] } | undefined {
  const path = process.env.MEILI_OPENAPI
  if (path === undefined || path === '') return undefined
  const document = corrected(JSON.parse(readFileSync(path, 'utf8')) as Document)
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
  ajv.addSchema({ $id: 'meilisearch', components: document.components })
  const compiled = new Map<object, ValidateFunction>()
  const complaintsAbout = (content: Content | undefined, value: unknown): string[] => {
    const schema = content?.content?.['application/json']?.schema
    if (schema === undefined) return []
    const validate = compiled.get(schema) ?? ajv.compile(withBase(schema))
    compiled.set(schema, validate)
    return validate(value) ? [] : [ajv.errorsText(validate.errors)]
  }
  const problems: string[] = []
  const check = (exchange: Exchange) => {
    const { method, path: requested, query, body, status, answer } = exchange
    const operation = operationOf(document, method, requested)
    const note = (...found: string[]) => problems.push(...found.map((each) => `${method} ${requested}: ${each}`))
    if (operation === undefined) return note('is not described')
    const known = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query').map(({ name }) => name)
    note(...[...query.keys()].filter((name) => !known.includes(name)).map((name) => `unknown parameter ${name}`))
    if (body !== undefined && operation.requestBody === undefined) note('takes no body')
    note(...complaintsAbout(operation.requestBody, body), ...unknownFields(document, operation, body))
    note(...complaintsAbout(operation.responses[String(status)], answer).map((text) => `answer ${status}: ${text}`))
  }
  return { check, problems }
}

/**
 * The description of 1.53 is wrong in two places, where the official client says otherwise: `facets` is a
 * list of names, and a multi-search that is not federated answers with one result a query.
 */
function corrected(document: Document): Document {
  document.components.schemas.AttributePatterns = { type: 'array', items: { type: 'string' } }
  const answer = document.paths['/multi-search']?.post?.responses['200']?.content?.['application/json']
  if (answer) answer.schema = { $ref: '#/components/schemas/SearchResults' }
  return document
}

function operationOf(document: Document, method: string, path: string): Operation | undefined {
  const fits = (template: string) => new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path)
  const template = Object.keys(document.paths).find((key) => key === path) ?? Object.keys(document.paths).find(fits)
  return template === undefined ? undefined : document.paths[template]?.[method.toLowerCase()]
}

/** Some schemas allow further members that the server refuses all the same. */
function unknownFields({ components }: Document, operation: Operation, body: unknown): string[] {
  const schema = operation.requestBody?.content?.['application/json']?.schema as { $ref?: string } | undefined
  const name = schema?.$ref?.split('/').at(-1)
  const described: { properties?: object } | undefined = name === undefined ? undefined : components.schemas[name]
  const properties = described?.properties
  if (properties === undefined || typeof body !== 'object' || body === null) return []
  return Object.keys(body)
    .filter((key) => !(key in properties))
    .map((key) => `unknown member ${key}`)
}

function withBase(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"meilisearch#/components/')) as object
}
