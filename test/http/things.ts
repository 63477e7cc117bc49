import { sql } from 'drizzle-orm'
import type pg from 'pg'
import { z } from 'zod'
import type { Db } from '../../src/db/client.ts'
import { pageQuery, pageSchema } from '../../src/http/pagination.ts'
import { queryFlag, queryInt, queryList } from '../../src/http/query.ts'
import { type AnyRoute, type Api, routeCollector } from '../../src/http/route.ts'
import { defineSchema } from '../../src/http/schema-registry.ts'
import { AppError, type ErrorCode, errorCodes, notFound } from '../../src/kernel/errors.ts'
import { etagOf, versionConflict } from '../../src/kernel/etag.ts'
import { idSchema, idToUuid, newId, uuidToId } from '../../src/kernel/ids.ts'
import { pageOf } from '../../src/kernel/page.ts'

export type Turnstile = {
  close(): void
  open(): void
  pass(): Promise<void>
  /** Waits until so many handlers stand at the turnstile or have passed it since it was closed. */
  arrivals(count: number): Promise<void>
}

const exampleId = 'dem_01kagm3x4ve8bt0v0vwm8gd7nf'
const thingId = idSchema('demand')
const partSchema = defineSchema('Part', z.strictObject({ name: z.string().min(1).max(50), count: z.int().default(1) }))
const thingSchema = defineSchema(
  'Thing',
  z.object({ id: thingId, title: z.string(), parts: z.array(partSchema), createdBy: z.string() }),
)
const createBody = defineSchema(
  'ThingCreate',
  z.strictObject({
    title: z.string().min(1).max(100),
    parts: z.array(partSchema).max(20).default([]),
    labels: z.record(z.string().max(50), z.string().max(50)).optional(),
  }),
)
type ThingRow = { id: string; version: number; title: string; created_by: string }

/** Throw-away routes over a throw-away table: one of every shape that the modules use. */
export function thingRoutes(turnstile: Turnstile): AnyRoute[] {
  const { api, routes } = routeCollector()
  writeRoutes(api, turnstile)
  readRoutes(api)
  oddRoutes(api, turnstile)
  return routes
}

export async function createThings(pool: pg.Pool): Promise<void> {
  await pool.query(`create table things (
    id uuid primary key, version integer not null default 1, title text not null, created_by text not null,
    seq integer generated always as identity)`)
}

const thingExample = { id: exampleId, title: 'A pump', parts: [{ name: 'Rotor', count: 1 }], createdBy: 'usr_1' }

function writeRoutes(api: Api, turnstile: Turnstile): void {
  api.post('/v1/things', {
    operationId: 'createThing',
    summary: 'Create a thing',
    tag: 'Supplies',
    permission: 'listing.create',
    body: createBody,
    status: 201,
    response: thingSchema,
    errors: ['ALREADY_EXISTS'],
    example: { body: { title: 'A pump' }, response: thingExample },
    handle: async ({ db, actor, body }) => {
      const id = newId('demand')
      await db.execute(sql`insert into things (id, title, created_by)
        values (${idToUuid(id)}, ${body.title}, ${actor.userId})`)
      await turnstile.pass()
      if (body.title === 'a conflict') throw new AppError('ALREADY_EXISTS', 'There is one already.')
      if (body.title === 'a crash') throw new TypeError("Cannot read properties of undefined (reading 'secret')")
      const stored = { id, title: body.title, parts: body.parts, createdBy: actor.userId, internalNote: 'do not tell' }
      return { body: stored, etag: etagOf(1), headers: { location: `/v1/things/${id}` } }
    },
  })
  api.patch('/v1/things/:thingId', {
    operationId: 'updateThing',
    summary: 'Change a thing',
    tag: 'Supplies',
    permission: 'listing.update',
    params: z.object({ thingId }),
    body: z.strictObject({ title: z.string().min(1).max(100) }),
    response: thingSchema,
    ifMatch: 'required',
    example: { body: { title: 'A better pump' }, response: thingExample },
    handle: async ({ db, params, body, ifMatch }) => {
      const { rows } = await db.execute<ThingRow>(sql`update things set title = ${body.title}, version = version + 1
        where id = ${idToUuid(params.thingId)} and version = ${ifMatch} returning *`)
      const row = rows[0]
      if (row === undefined) throw versionConflict((await findThing(db, params.thingId)).version)
      return { body: present(row), etag: etagOf(row.version) }
    },
  })
  api.delete('/v1/things/:thingId', {
    operationId: 'deleteThing',
    summary: 'Delete a thing',
    tag: 'Supplies',
    permission: 'listing.update',
    params: z.object({ thingId }),
    ifMatch: 'optional',
    example: {},
    handle: async ({ db, params }) => {
      await findThing(db, params.thingId)
      await db.execute(sql`delete from things where id = ${idToUuid(params.thingId)}`)
      return { body: undefined }
    },
  })
}

function readRoutes(api: Api): void {
  api.get('/v1/things/:thingId', {
    operationId: 'getThing',
    summary: 'Read a thing',
    tag: 'Supplies',
    permission: 'listing.read',
    params: z.object({ thingId }),
    response: thingSchema,
    example: { response: thingExample },
    handle: async ({ db, params }) => {
      const row = await findThing(db, params.thingId)
      return { body: present(row), etag: etagOf(row.version) }
    },
  })
  const page = pageSchema(thingSchema)
  const listExample = { response: { data: [thingExample], page: { nextCursor: null, hasMore: false } } }
  api.get('/v1/things', {
    operationId: 'listThings',
    summary: 'List things',
    tag: 'Supplies',
    permission: 'listing.read',
    query: z.object({
      ...pageQuery,
      title: z.string().max(100).optional(),
      minParts: queryInt({ min: 0, max: 9 }).optional(),
      isNew: queryFlag().optional(),
      kinds: queryList(z.enum(['pump', 'valve'])).optional(),
    }),
    response: page,
    example: listExample,
    handle: async ({ db, query, pager }) => {
      const { limit, after } = pager.request(query)
      const { rows } = await db.execute<ThingRow & { seq: number }>(sql`select * from things
        where seq > ${Number(after?.[0] ?? 0)} order by seq limit ${limit + 1}`)
      return {
        body: pager.answer(
          pageOf(rows, limit, (row) => [String(row.seq)]),
          present,
        ),
      }
    },
  })
  api.get('/v1/shelves/:shelf/things', {
    operationId: 'listShelf',
    summary: 'List the things of a shelf',
    tag: 'Markets',
    permission: 'listing.read',
    params: z.object({ shelf: z.string().max(150) }),
    query: z.object({ ...pageQuery }),
    response: page,
    example: listExample,
    handle: async ({ query, pager }) => {
      const { after } = pager.request(query)
      const next = [String(Number(after?.[0] ?? 0) + 1)]
      return { body: pager.answer({ items: [] as ThingRow[], next }, present) }
    },
  })
}

const failureKinds = ['type_error', 'syntax_error', 'not_an_error', 'statement', 'missing_table', 'bad_answer'] as const
export type FailureKind = (typeof failureKinds)[number]
type Failure = { kind: FailureKind } | { code: ErrorCode }

function oddRoutes(api: Api, turnstile: Turnstile): void {
  api.post('/v1/keys', {
    operationId: 'createKey',
    summary: 'Create a key',
    tag: 'Authentication',
    permission: 'session.manage',
    status: 201,
    response: z.object({ secret: z.string() }),
    idempotency: 'required',
    example: { response: { secret: 'shown once' } },
    handle: async () => ({ body: { secret: `canary-${newId('apiKey')}` } }),
  })
  api.post('/v1/sign-ins', {
    operationId: 'signIn',
    summary: 'Sign in',
    tag: 'Authentication',
    permission: 'session.create',
    body: z.strictObject({ name: z.string() }),
    response: z.object({ name: z.string() }),
    idempotency: 'none',
    rateLimit: 'login',
    example: { body: { name: 'Li' }, response: { name: 'Li' } },
    handle: async ({ body }) => ({ body }),
  })
  api.put('/v1/documents', {
    operationId: 'putDocument',
    summary: 'Store any JSON',
    tag: 'Search',
    permission: 'listing.create',
    body: z.strictObject({ document: z.json() }),
    response: z.object({ bytes: z.int() }),
    example: { body: { document: { any: ['thing'] } }, response: { bytes: 17 } },
    handle: async ({ db, body }) => {
      const { rows } = await db.execute<{ bytes: number }>(
        sql`select octet_length((${JSON.stringify(body.document)}::jsonb)::text) as bytes`,
      )
      return { body: { bytes: rows[0]?.bytes ?? 0 } }
    },
  })
  api.post('/v1/failures', {
    operationId: 'fail',
    summary: 'Fail in a chosen way',
    tag: 'Search',
    permission: 'session.create',
    body: z.strictObject({ kind: z.enum(failureKinds).optional(), code: z.enum(errorCodes).optional() }),
    response: z.object({ ok: z.boolean() }),
    idempotency: 'none',
    example: { body: { kind: 'type_error' }, response: { ok: true } },
    handle: ({ db, body }) => fail(db, body as Failure),
  })
  api.get('/v1/turnstile', {
    operationId: 'passTurnstile',
    summary: 'Wait until the test lets you pass',
    tag: 'Search',
    permission: 'listing.read',
    response: z.object({ ok: z.boolean() }),
    example: { response: { ok: true } },
    handle: async () => {
      await turnstile.pass()
      return { body: { ok: true } }
    },
  })
}

async function fail(db: Db, failure: Failure): Promise<{ body: { ok: boolean } }> {
  if ('code' in failure) throw new AppError(failure.code, 'As you wished.')
  switch (failure.kind) {
    case 'syntax_error':
      return JSON.parse('{ broken')
    case 'not_an_error':
      throw 'canary-string'
    case 'statement':
      await db.execute(sql`select ${'canary-parameter'}::integer`)
      return { body: { ok: true } }
    case 'missing_table':
      await db.execute(sql`insert into canary_table values (${'canary-parameter'})`)
      return { body: { ok: true } }
    case 'bad_answer':
      return { body: { ok: 'canary-answer' as unknown as boolean } }
    default:
      throw new TypeError('Cannot read properties of canary-value')
  }
}

async function findThing(db: Db, id: string): Promise<ThingRow> {
  const { rows } = await db.execute<ThingRow>(sql`select * from things where id = ${idToUuid(id)}`)
  if (rows[0] === undefined) throw notFound('thing')
  return rows[0]
}

function present(row: ThingRow) {
  return { id: uuidToId('demand', row.id), title: row.title, parts: [], createdBy: row.created_by }
}
