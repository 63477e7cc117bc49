import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { FilterRefused, type Row, readFilter } from './filter.ts'
import { countsOf, type IndexSettings, indexed, type MemoryIndex, Refused, search } from './search.ts'
import { normalise } from './words.ts'

/** What the server does next, instead of answering as usual. */
export type Fault = 'down' | 'silent' | 'error' | 'failing_tasks'
export type Exchange = {
  method: string
  path: string
  query: URLSearchParams
  body: unknown
  status: number
  answer: unknown
}
export type MeilisearchServer = {
  url: string
  indexes: Map<string, MemoryIndex>
  /** Requests in the order of their arrival, without those that a fault swallowed. */
  exchanges: Exchange[]
  fault: Fault | undefined
  close(): Promise<void>
}

type Task = { uid: number; indexUid: string | null; type: string; status: string; error: unknown }
type Answer = { status: number; body: unknown }
type Memory = { indexes: Map<string, MemoryIndex>; tasks: Task[]; isFailing: () => boolean }
type Request = { method: string; path: string; query: URLSearchParams; body: unknown }

/**
 * An imitation of a Meilisearch server in memory, for the adapter's tests: documents, settings, filters, facets, sorts,
 * highlights, tasks and swaps as documented. Ranking is a sketch of the real one.
 */
export async function meilisearchServer(check: (exchange: Exchange) => void = () => {}): Promise<MeilisearchServer> {
  const memory: Memory = { indexes: new Map(), tasks: [], isFailing: () => running.fault === 'failing_tasks' }
  const http = createServer((request, response) => {
    void answer(request, response, { running, memory, check })
  })
  // Longer than any pause of a busy machine: a connection that closes just when it is used again is an error to the client.
  http.keepAliveTimeout = 120_000
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  const running: MeilisearchServer = {
    ...{ url: `http://127.0.0.1:${port}`, indexes: memory.indexes, exchanges: [], fault: undefined },
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve())
        http.closeAllConnections()
      }),
  }
  return running
}

type Answering = { running: MeilisearchServer; memory: Memory; check: (exchange: Exchange) => void }

async function answer(incoming: IncomingMessage, response: ServerResponse, { running, memory, check }: Answering) {
  if (running.fault === 'down') return void incoming.destroy()
  if (running.fault === 'silent') return
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  const { pathname, searchParams } = new URL(incoming.url ?? '/', running.url)
  const method = incoming.method ?? 'GET'
  const request = { method, path: pathname, query: searchParams, body: text === '' ? undefined : JSON.parse(text) }
  const { status, body } = running.fault === 'error' ? refusal(500, 'internal') : respond(memory, request)
  const exchange = { ...request, status, answer: body }
  running.exchanges.push(exchange)
  check(exchange)
  response.writeHead(status, { 'content-type': 'application/json' }).end(body === undefined ? '' : JSON.stringify(body))
}

function respond(memory: Memory, request: Request): Answer {
  try {
    for (const [method, pattern, handle] of routes) {
      const match = pattern.exec(request.path)
      if (match && method === request.method) return handle(memory, request, match[1] ?? '')
    }
    return refusal(404, 'not_found')
  } catch (error) {
    if (error instanceof Refused) return refusal(error.code === 'index_not_found' ? 404 : 400, error.code)
    if (error instanceof FilterRefused) return refusal(400, 'invalid_search_filter')
    throw error
  }
}

type Handle = (memory: Memory, request: Request, uid: string) => Answer

const routes: [string, RegExp, Handle][] = [
  ['GET', /^\/tasks\/(\d+)$/, ({ tasks }, _, uid) => ok(taskView(tasks[Number(uid)]))],
  [
    'GET',
    /^\/indexes$/,
    ({ indexes }) =>
      ok({ ...{ results: [...indexes.values()].map(view), offset: 0, limit: 1_000 }, total: indexes.size }),
  ],
  ['POST', /^\/indexes$/, (memory, { body }) => createIndex(memory, (body as { uid: string }).uid)],
  ['GET', /^\/indexes\/([^/]+)$/, (memory, _, uid) => ok(view(indexOf(memory, uid)))],
  [
    'DELETE',
    /^\/indexes\/([^/]+)$/,
    (memory, _, uid) => task(memory, { uid, type: 'indexDeletion' }, () => deleteIndex(memory, uid)),
  ],
  ['GET', /^\/indexes\/([^/]+)\/settings$/, (memory, _, uid) => ok(indexOf(memory, uid).settings)],
  [
    'PATCH',
    /^\/indexes\/([^/]+)\/settings$/,
    (memory, { body }, uid) =>
      task(memory, { uid, type: 'settingsUpdate' }, () => changeSettings(memory, uid, body as IndexSettings)),
  ],
  [
    'POST',
    /^\/indexes\/([^/]+)\/documents$/,
    (memory, { body, query }, uid) =>
      task(memory, { uid, type: 'documentAdditionOrUpdate' }, () =>
        addDocuments(memory, uid, { rows: body as Row[], key: query.get('primaryKey') ?? 'id' }),
      ),
  ],
  [
    'POST',
    /^\/indexes\/([^/]+)\/documents\/delete-batch$/,
    (memory, { body }, uid) =>
      task(memory, { uid, type: 'documentDeletion' }, () => removeDocuments(memory, uid, body as string[])),
  ],
  ['POST', /^\/indexes\/([^/]+)\/documents\/fetch$/, fetchDocuments],
  ['GET', /^\/indexes\/([^/]+)\/documents\/[^/]+$/, getDocument],
  ['POST', /^\/indexes\/([^/]+)\/search$/, (memory, { body }, uid) => ok(search(indexOf(memory, uid), body as Row))],
  ['POST', /^\/indexes\/([^/]+)\/facet-search$/, facetSearch],
  ['POST', /^\/multi-search$/, multiSearch],
  [
    'POST',
    /^\/swap-indexes$/,
    (memory, { body }) =>
      task(memory, { uid: null, type: 'indexSwap' }, () => swap(memory, body as { indexes: [string, string] }[])),
  ],
]

const ok = (body: unknown): Answer => ({ status: 200, body })

function refusal(status: number, code: string): Answer {
  const link = `https://docs.meilisearch.com/errors#${code}`
  const type = status === 500 ? 'internal' : 'invalid_request'
  return { status, body: { message: code, code, type, link } }
}

/** Tasks end at once; a client sees them a request later, as with the real server. */
function task(memory: Memory, { uid, type }: { uid: string | null; type: string }, run: () => void): Answer {
  const entry: Task = { uid: memory.tasks.length, indexUid: uid, type, status: 'succeeded', error: null }
  memory.tasks.push(entry)
  try {
    if (memory.isFailing()) throw new Refused('internal', 'no space left')
    run()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    entry.status = 'failed'
    entry.error = refusal(500, error.code).body
  }
  return { status: 202, body: { taskUid: entry.uid, indexUid: uid, status: 'enqueued', type, enqueuedAt: someTime } }
}

const someTime = '2026-03-02T01:00:00.000000Z'

function taskView(entry: Task | undefined) {
  if (entry === undefined) throw new Refused('task_not_found', 'no such task')
  return {
    ...entry,
    canceledBy: null,
    details: null,
    duration: 'PT0.01S',
    enqueuedAt: someTime,
    startedAt: someTime,
    finishedAt: someTime,
  }
}

function indexOf({ indexes }: Memory, uid: string): MemoryIndex {
  const index = indexes.get(uid)
  if (index === undefined) throw new Refused('index_not_found', `Index \`${uid}\` not found.`)
  return index
}

function view({ uid, createdAt }: MemoryIndex) {
  return { uid, createdAt, updatedAt: createdAt, primaryKey: 'listingId' }
}

function newIndex(uid: string): MemoryIndex {
  return { uid, createdAt: someTime, settings: {}, rows: new Map() }
}

function createIndex(memory: Memory, uid: string): Answer {
  return task(memory, { uid, type: 'indexCreation' }, () => {
    if (memory.indexes.has(uid)) throw new Refused('index_already_exists', uid)
    memory.indexes.set(uid, newIndex(uid))
  })
}

function deleteIndex(memory: Memory, uid: string): void {
  indexOf(memory, uid)
  memory.indexes.delete(uid)
}

function changeSettings(memory: Memory, uid: string, settings: IndexSettings): void {
  const index = memory.indexes.get(uid) ?? newIndex(uid)
  index.settings = { ...index.settings, ...settings }
  index.rows = new Map([...index.rows].map(([id, { row }]) => [id, indexed(row, index.settings)]))
  memory.indexes.set(uid, index)
}

/** As on the real server, writing to an index that is not there makes it, without settings. */
function addDocuments(memory: Memory, uid: string, { rows, key }: { rows: Row[]; key: string }): void {
  const index = memory.indexes.get(uid) ?? newIndex(uid)
  memory.indexes.set(uid, index)
  for (const row of rows) index.rows.set(String(row[key]), indexed(row, index.settings))
}

function removeDocuments(memory: Memory, uid: string, ids: readonly string[]): void {
  for (const id of ids) indexOf(memory, uid).rows.delete(id)
}

function fetchDocuments(memory: Memory, { body }: Request, uid: string): Answer {
  const {
    filter,
    fields,
    limit = 20,
    offset = 0,
  } = body as { filter?: unknown; fields?: string[]; limit?: number; offset?: number }
  const { rows, settings } = indexOf(memory, uid)
  const isWanted = readFilter(filter, new Set(settings.filterableAttributes))
  const found = [...rows.values()].map(({ row }) => row).filter(isWanted)
  const results = found.slice(offset, offset + limit).map((row) => pick(row, fields ?? Object.keys(row)))
  return ok({ results, offset, limit, total: found.length })
}

function getDocument(memory: Memory, { path }: Request, uid: string): Answer {
  const found = indexOf(memory, uid).rows.get(decodeURIComponent(path.slice(path.lastIndexOf('/') + 1)))
  return found === undefined ? refusal(404, 'document_not_found') : ok(found.row)
}

function pick(row: Row, fields: readonly string[]): Row {
  return Object.fromEntries(fields.filter((field) => field in row).map((field) => [field, row[field]]))
}

function facetSearch(memory: Memory, { body }: Request, uid: string): Answer {
  const { facetName, facetQuery = '' } = body as { facetName: string; facetQuery?: string }
  const { rows, settings } = indexOf(memory, uid)
  if (!settings.filterableAttributes?.includes(facetName))
    throw new Refused('invalid_facet_search_facet_name', facetName)
  const counts = countsOf(
    [...rows.values()].map(({ row }) => row),
    facetName,
  )
  const facetHits = [...counts]
    .filter(([value]) => normalise(value).startsWith(normalise(facetQuery)))
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count)
    .slice(0, settings.faceting?.maxValuesPerFacet ?? 100)
  return ok({ facetHits, facetQuery, processingTimeMs: 1 })
}

function multiSearch(memory: Memory, { body }: Request): Answer {
  const { queries } = body as { queries: (Row & { indexUid: string })[] }
  const results = queries.map(({ indexUid, ...params }) => ({ indexUid, ...search(indexOf(memory, indexUid), params) }))
  return ok({ results })
}

function swap(memory: Memory, pairs: readonly { indexes: [string, string] }[]): void {
  for (const { indexes } of pairs) for (const uid of indexes) indexOf(memory, uid)
  for (const {
    indexes: [first, second],
  } of pairs) {
    const [a, b] = [indexOf(memory, first), indexOf(memory, second)]
    memory.indexes.set(first, { ...b, uid: first })
    memory.indexes.set(second, { ...a, uid: second })
  }
}
