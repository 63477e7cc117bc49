import { openApiText } from '../../src/boot/openapi-text.ts'
import type { Permission } from '../../src/kernel/permissions.ts'
import { type Document, type Operation, operationsOf } from '../openapi/document.ts'
import { type ActorName, actors, holds, reaches, type Variant } from './actors.ts'
import { fixtures } from './fixtures.ts'
import { type Policy, policies } from './policies.ts'

export type Route = {
  /** As in the policies: `GET /v1/supplies/{id}`. */
  name: string
  method: string
  path: string
  permission: Permission
  /** The document's own example. */
  body: unknown
  /** The body is a file as it is. */
  takesFile: boolean
  /** Key of the fixture whose objects the path names, or of the path's list. */
  fixture: string | undefined
  hasObject: boolean
  /** Answers for as long as the reader listens: only refusals come to an end, and only they are tried. */
  isStream: boolean
  /** The query parameters that a request cannot be without, with a value that each takes. */
  query: string
}

/** Every operation of the product's own document. */
export const routes: Route[] = operationsOf(JSON.parse(await openApiText()) as Document).map(({ name, operation }) => {
  const [method = '', path = ''] = name.split(' ')
  const hasObject = path.includes('{')
  return {
    ...{ name, method, path, hasObject },
    isStream: operation.responses[200]?.content?.['text/event-stream'] !== undefined,
    query: requiredQuery(operation),
    permission: operation['x-required-permission'] as Permission,
    body: operation.requestBody?.content['application/json']?.example,
    takesFile: operation.requestBody?.content['application/octet-stream'] !== undefined,
    fixture: fixtureOf(hasObject ? path : `${path}/{id}`),
  }
})

function requiredQuery({ parameters = [] }: Operation): string {
  const required = parameters.filter((parameter) => parameter.in === 'query' && parameter.required === true)
  const pairs = required.map(
    ({ name, schema }) => `${name}=${encodeURIComponent(schema.examples?.[0] ?? schema.enum?.[0] ?? 'x')}`,
  )
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

function fixtureOf(path: string): string | undefined {
  const fitting = Object.keys(fixtures).filter((prefix) => path.startsWith(prefix))
  return fitting.sort((one, other) => other.length - one.length)[0]
}

export type Expected = 'unauthenticated' | 'forbidden' | 'not found' | 'reached'

/** What the policy says of this case. @returns undefined where nobody can hold such a key. */
export function expectedOf(route: Route, name: ActorName, variant: Variant): Expected | undefined {
  const isHeld = holds(name, route.permission)
  if (isHeld === undefined) return undefined
  if (!isHeld) return name === 'anonymous' ? 'unauthenticated' : 'forbidden'
  const { reach, refused = [], isInPerson = false } = rowOf(route.name)
  if (isInPerson && 'scope' in actors[name]) return 'forbidden'
  if (!reaches(name, reach, route.hasObject ? variant : 'near')) return 'not found'
  return refused.includes(name) ? 'forbidden' : 'reached'
}

export function rowOf(name: string): Exclude<Policy, string> {
  const row = policies[name] ?? 'nobody'
  return typeof row === 'string' ? { reach: row } : row
}
