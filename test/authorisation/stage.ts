import { buildApp } from '../../src/app.ts'
import { idToUuid, newId } from '../../src/kernel/ids.ts'
import type { Permission } from '../../src/kernel/permissions.ts'
import { createApiKey } from '../../src/modules/identity/create-api-key.ts'
import { type Harness, newAccessToken, testAppOptions } from '../support/harness.ts'
import { call, type HttpResponse } from '../support/http.ts'
import { rolledBack } from '../support/rolled-back.ts'
import { type ActorName, actors, anotherThan, holds, type Variant, variants } from './actors.ts'
import { fixtures } from './fixtures.ts'
import { expectedOf, type Route } from './routes.ts'
import { type Fixture, type House, makeWorld, type Params, type World } from './world.ts'

export type Stage = {
  /** The variants that there are to try; none where nobody can have such a key. */
  casesOf(route: Route, name: ActorName): Variant[]
  /** One request of the actor about one object, undone afterwards. */
  send(route: Route, name: ActorName, variant: Variant): Promise<HttpResponse>
  /** The `id` of the path's object. */
  idOf(route: Route, variant: Variant): string | undefined
  close(): Promise<void>
}

/** The world, its objects, and a second application whose database forgets every request. */
export async function makeStage(harness: Harness): Promise<Stage> {
  const world = await makeWorld(harness)
  const objects = new Map<string, Fixture>()
  for (const [path, make] of Object.entries(fixtures)) objects.set(path, await make({ harness, world }))
  const undone = rolledBack(harness.database.pool)
  const app = await buildApp({ ...harness.deps, db: undone.db }, testAppOptions)
  await app.ready()
  const tokenOf = tokenMaker(harness, world)
  const fixtureOf = ({ fixture }: Route) => (fixture === undefined ? undefined : objects.get(fixture))
  const paramsOf = (route: Route, variant: Variant) => {
    const fixture = fixtureOf(route)
    return variant === 'unknown' ? unknownLike(fixture?.near ?? {}) : fixture?.[variant]
  }
  return {
    casesOf: (route, name) => {
      const isHeld = holds(name, route.permission)
      if (isHeld === undefined) return []
      // Without the permission the object is not even looked for: one is enough.
      const tried = isHeld && route.hasObject ? variants : (['near'] as const)
      return tried
        .filter((variant) => !route.hasObject || paramsOf(route, variant) !== undefined)
        .filter((variant) => !route.isStream || expectedOf(route, name, variant) !== 'reached')
    },
    send: async (route, name, variant) => {
      const token = await tokenOf(name, fixtureOf(route)?.house ?? 'enterprise', route.permission)
      const params = paramsOf(route, variant) ?? {}
      const url = route.path.replace(/\{(\w+)\}/g, (_all, key: string) => params[key] ?? 'none') + route.query
      const headers = {
        ...{ 'idempotency-key': `key-${crypto.randomUUID()}`, 'if-match': '"v1"' },
        ...(route.takesFile && { 'content-type': 'application/octet-stream' }),
      }
      const body = route.takesFile ? Buffer.from('%PDF-1.7') : route.body
      const client = call(app, token)
      return undone.run(() =>
        route.method === 'GET'
          ? client.get(url, { headers })
          : client[route.method.toLowerCase() as 'post'](url, body, { headers }),
      )
    },
    idOf: (route, variant) => paramsOf(route, variant)?.id,
    close: () => app.close(),
  }
}

/** Sessions and keys, each made once. */
function tokenMaker({ deps }: Harness, world: World) {
  const tokens = new Map<string, string | undefined>()
  return async (name: ActorName, house: House, permission: Permission): Promise<string | undefined> => {
    const actor = actors[name]
    const scope = 'scope' in actor && (actor.scope === 'this' ? permission : anotherThan(permission))
    const known = `${name} ${house} ${scope}`
    if (!tokens.has(known)) tokens.set(known, await newToken())
    return tokens.get(known)

    async function newToken(): Promise<string | undefined> {
      const person = personOf(world, name, house)
      if (person === undefined) return undefined
      if (!scope) return newAccessToken(deps, person)
      return (await createApiKey(deps, person, { name: known, scopes: [scope] })).text
    }
  }
}

function personOf({ houses, desk }: World, name: ActorName, house: House) {
  if (name === 'anonymous') return undefined
  if (name === 'key' || name === 'narrowKey') return houses[house].owner
  if (name === 'operatorKey') return desk.operator
  return name in desk ? desk[name as keyof typeof desk] : houses[house][name as keyof (typeof houses)[House]]
}

/** Ids of the same kind that nobody ever got, and codes that nobody knows. */
function unknownLike(params: Params): Params {
  const fresh = newId('event').slice(4)
  const entries = Object.entries(params).map(([key, value]) => [
    key,
    isId(value) ? `${value.split('_')[0]}_${fresh}` : 'no-such-thing',
  ])
  return Object.fromEntries(entries)
}

function isId(text: string): boolean {
  try {
    return idToUuid(text).length === 36
  } catch {
    return false
  }
}
