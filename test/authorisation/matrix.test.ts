import { beforeAll, describe, expect, it } from 'vitest'
import { useHarness } from '../support/harness.ts'
import { expectProblem, type HttpResponse } from '../support/http.ts'
import { type ActorName, actorNames, reaches, type Variant, variants } from './actors.ts'
import { fixtures } from './fixtures.ts'
import { type Expected, expectedOf, type Route, routes } from './routes.ts'
import { makeStage, type Stage } from './stage.ts'

/**
 * Every operation of the OpenAPI document, by everybody, on every kind of object (RELIABILITY AUTHZ-1 to AUTHZ-3). Each case
 * is one request whose effects are rolled back, so writing operations are tried as they are.
 */
const harness = useHarness()
let stage: Stage

beforeAll(async () => {
  stage = await makeStage(harness)
  return () => stage.close()
}, 120_000)

describe('the policy', () => {
  it('has a fixture for the object of every operation, and none too many', () => {
    const withObject = routes.filter(({ hasObject }) => hasObject)
    expect(withObject.filter(({ fixture }) => fixture === undefined).map(({ name }) => name)).toEqual([])
    expect([...new Set(withObject.map(({ fixture }) => fixture))].sort()).toEqual(Object.keys(fixtures).sort())
  })

  it('makes at least 1,000 cases', () => {
    const cases = routes.flatMap((route) => actorNames.flatMap((name) => stage.casesOf(route, name)))
    expect(cases.length).toBeGreaterThan(1_000)
  })
})

describe('every operation answers each actor about each object as the policy says', () => {
  it.each(routes)('$name', async (route) => {
    const found: string[] = []
    for (const name of actorNames) found.push(...(await play(route, name)))
    expect(found).toEqual(actorNames.flatMap((name) => stage.casesOf(route, name).map(lineOf(route, name))))
  })
})

const lineOf = (route: Route, name: ActorName) => (variant: Variant) =>
  `${name} ${variant}: ${expectedOf(route, name, variant)}`

/** What became of the actor's cases, a line each. */
async function play(route: Route, name: ActorName): Promise<string[]> {
  const lines: string[] = []
  const cases = stage.casesOf(route, name)
  if (cases.length === 0) return lines
  const unknown = await stage.send(route, name, 'unknown')
  for (const variant of cases) {
    const answer = variant === 'unknown' ? unknown : await stage.send(route, name, variant)
    lines.push(`${name} ${variant}: ${outcomeOf(route, answer)}`)
    const expected = expectedOf(route, name, variant)
    // No oracle: what exists for others and what exists for nobody look alike (AUTHZ-3).
    const isOwn = reaches(name, 'organisation', variant)
    if (expected === 'not found' && !isOwn) expect(traitsOf(answer)).toEqual(traitsOf(unknown))
    if (expected === 'reached' && !route.hasObject) expectNothingHidden(route, name, answer)
  }
  return lines
}

/** Whoever reaches an object gets a success, or a refusal that speaks of the object's state or of the request. */
function outcomeOf({ permission }: Route, answer: HttpResponse): Expected | string {
  // Signing in says 401 of the credentials in the body, and those of the example are wrong.
  if (answer.statusCode === 401 && permission === 'session.create') return 'reached'
  if (answer.statusCode === 401) return expectProblem(answer, 'UNAUTHENTICATED') && 'unauthenticated'
  // It speaks of the lot that is asked for, which whoever is told this can read.
  if (answer.statusCode === 403 && answer.json().code === 'BIDDER_NOT_ADMITTED') return 'reached'
  if (answer.statusCode === 403) return expectProblem(answer, 'FORBIDDEN') && 'forbidden'
  if (answer.statusCode === 404) return expectProblem(answer, 'NOT_FOUND') && 'not found'
  return answer.statusCode < 500 ? 'reached' : answer.body
}

/** A list names no object that its reader could not read. */
function expectNothingHidden(route: Route, name: ActorName, answer: HttpResponse): void {
  const single = routes.find((one) => one.name === `GET ${route.path}/{id}`)
  if (single === undefined || route.method !== 'GET') return
  for (const variant of variants) {
    const id = stage.idOf(single, variant)
    if (id !== undefined && expectedOf(single, name, variant) === 'not found') expect(answer.body).not.toContain(id)
  }
}

/** All that could tell two answers apart, without what differs between any two requests. */
function traitsOf({ statusCode, headers, body }: HttpResponse) {
  const { instance: _instance, requestId: _requestId, ...problem } = body === '' ? {} : JSON.parse(body)
  return { statusCode, headers: Object.keys(headers).sort(), problem }
}
