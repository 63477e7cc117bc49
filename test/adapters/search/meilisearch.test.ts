import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { meilisearchSearchEngine } from '../../../src/adapters/search/meilisearch.ts'
import type { MeilisearchOptions } from '../../../src/adapters/search/meilisearch-connection.ts'
import { aDocument, aQuery } from '../../contracts/search-document.ts'
import { testClock } from '../../support/clock.ts'
import { openApiCheck } from '../../support/meilisearch/openapi.ts'
import { type MeilisearchServer, meilisearchServer } from '../../support/meilisearch/server.ts'

const openApi = openApiCheck()
let server: MeilisearchServer

beforeAll(async () => {
  server = await meilisearchServer(openApi?.check)
})
afterAll(() => server.close())
beforeEach(() => {
  server.indexes.clear()
  server.exchanges.length = 0
  server.fault = undefined
})

const connect = (options: Partial<MeilisearchOptions> = {}) =>
  meilisearchSearchEngine({ url: server.url, timeoutMs: 5_000, clock: testClock(), ...options })
const built = async (options: Partial<MeilisearchOptions> = {}) => {
  const engine = connect(options)
  await engine.rebuild(async () => {})
  return engine
}
const sent = (path: RegExp) => server.exchanges.filter((exchange) => path.test(exchange.path))

describe('an index that may not answer', () => {
  it('is an error and not an empty result when it was never built', async () => {
    const engine = connect()
    await expect(engine.search(aQuery())).rejects.toThrow('the index is missing')
    await expect(engine.suggest('压', 5)).rejects.toThrow('the index is missing')
    expect(await engine.isReady()).toBe(false)
  })

  it('is looked for once by all searches that begin at the same time', async () => {
    await built()
    const engine = connect()
    server.exchanges.length = 0
    await Promise.all(Array.from({ length: 10 }, () => engine.search(aQuery())))
    expect(sent(/listings_state/)).toHaveLength(1)
  })

  it('is not made by a write', async () => {
    await connect().upsert([aDocument()])
    expect([...server.indexes.keys()]).toEqual([])
  })

  it('is noticed when it was lost after it had been seen', async () => {
    const engine = await built()
    await engine.search(aQuery())
    server.indexes.delete('listings')
    await expect(engine.search(aQuery({ q: '压铸' }))).rejects.toThrow()
    await expect(engine.search(aQuery())).rejects.toThrow('the index is missing')
    await expect(engine.upsert([aDocument()])).resolves.toBeUndefined()
    expect(server.indexes.has('listings')).toBe(false)
  })

  it('is noticed when somebody made an empty one in its place', async () => {
    const engine = await built()
    await engine.search(aQuery())
    server.indexes.set('listings', { uid: 'listings', createdAt: '', settings: {}, rows: new Map() })
    await expect(engine.search(aQuery({ q: '压铸' }))).rejects.toThrow()
    expect(await engine.isReady()).toBe(false)
  })

  it('is one of other settings, until it is rebuilt', async () => {
    await built()
    const embedder = { kind: 'openAi', url: 'https://e.example/v1', model: undefined, key: undefined } as const
    const engine = connect({ embedder })
    await expect(engine.search(aQuery())).rejects.toThrow('the index is outdated')
    await engine.rebuild(async () => {})
    expect((await engine.search(aQuery())).hits).toEqual([])
  })
})

describe('a rebuild', () => {
  it('answers from the old index until the new one is whole, and leaves one of each behind', async () => {
    const engine = await built()
    await engine.upsert([aDocument({ title: '压铸旧版' })])
    await engine.rebuild(async (target) => {
      await target.upsert([aDocument({ title: '压铸新版' })])
      const { hits } = await engine.search(aQuery({ q: '压铸' }))
      expect(hits.map(({ highlights }) => highlights.title)).toEqual(['<em>压铸</em>旧版'])
    })
    const { hits } = await engine.search(aQuery({ q: '压铸' }))
    expect(hits.map(({ highlights }) => highlights.title)).toEqual(['<em>压铸</em>新版'])
    expect([...server.indexes.keys()].sort()).toEqual(['listings', 'listings_state', 'listings_teaser'])
  })

  it('changes nothing when it fails on the way', async () => {
    const engine = await built()
    const document = aDocument()
    await engine.upsert([document])
    const failing = engine.rebuild(async () => {
      throw new Error('the database went away')
    })
    await expect(failing).rejects.toThrow('the database went away')
    expect((await engine.search(aQuery())).hits).toMatchObject([{ listingId: document.listingId }])
  })

  it('does not put an index in use that was lost while it was built', async () => {
    const engine = await built()
    const losing = engine.rebuild(async () => {
      server.indexes.delete('listings_1')
    })
    await expect(losing).rejects.toThrow('lost while it was built')
    expect(await engine.isReady()).toBe(true)
  })

  it('leaves nothing of itself behind when it fails', async () => {
    const engine = await built()
    await expect(engine.rebuild(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect([...server.indexes.keys()].sort()).toEqual(['listings', 'listings_state', 'listings_teaser'])
  })

  it('does not begin while another one writes, and deletes what one left that was killed', async () => {
    const clock = testClock()
    const engine = await built({ clock })
    const left = { uid: 'listings_7', createdAt: clock.now().toISOString(), settings: {}, rows: new Map() }
    server.indexes.set(left.uid, left)
    expect(await engine.isBeingRebuilt()).toBe(true)
    await expect(engine.rebuild(async () => {})).rejects.toThrow('another rebuild has just written listings_7')
    clock.advance('11m')
    expect(await engine.isBeingRebuilt()).toBe(false)
    await engine.rebuild(async () => {})
    expect([...server.indexes.keys()].sort()).toEqual(['listings', 'listings_state', 'listings_teaser'])
  })
})

describe('writing', () => {
  it('sends at most 1,000 documents a task', async () => {
    const engine = await built()
    server.exchanges.length = 0
    await engine.upsert(Array.from({ length: 1_001 }, () => aDocument()))
    const sizes = sent(/^\/indexes\/listings\/documents$/).map(({ body }) => (body as unknown[]).length)
    expect(sizes).toEqual([1_000, 1])
    expect((await engine.search(aQuery())).estimatedTotal).toBe(1_001)
  }, 30_000)

  it('is an error when the server takes a task and fails at it', async () => {
    const engine = await built()
    server.fault = 'failing_tasks'
    await expect(engine.upsert([aDocument()])).rejects.toThrow(/documentAdditionOrUpdate \d+ failed: internal/)
    await expect(engine.remove([aDocument().listingId])).rejects.toThrow('documentDeletion')
  })

  it('does not send what is older than the stored version', async () => {
    const engine = await built()
    const document = aDocument({ version: 3 })
    await engine.upsert([document])
    server.exchanges.length = 0
    await engine.upsert([{ ...document, version: 2 }])
    expect(sent(/\/documents$/)).toEqual([])
  })

  it('is made again when it reached one of the two indexes only', async () => {
    const engine = await built()
    const document = aDocument({ version: 3 })
    await engine.upsert([document])
    server.indexes.get('listings_teaser')?.rows.clear()
    await engine.upsert([{ ...document, version: 2 }])
    expect(server.indexes.get('listings_teaser')?.rows.size).toBe(1)
  })
})

describe('a server that does not answer', () => {
  it.each(['down', 'silent', 'error'] as const)('fails a search in time when it is %s', async (fault) => {
    await built()
    const engine = connect({ timeoutMs: 60 })
    server.fault = fault
    await expect(engine.search(aQuery({ q: '压铸' }))).rejects.toThrow()
    await expect(engine.suggest('压', 5)).rejects.toThrow()
  })

  it('gets no key in the message of an error', async () => {
    const engine = connect({ key: 'secret-key', timeoutMs: 60 })
    server.fault = 'silent'
    const failure: unknown = await engine.search(aQuery()).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Error)
    expect(`${failure}`).not.toContain('secret-key')
  })
})

describe('an embedder', () => {
  const embedder = { kind: 'rest', url: 'https://e.example/embed', model: undefined, key: 'k' } as const

  it.each([embedder, { ...embedder, kind: 'openAi', model: 'bge-m3' } as const])(
    'is part of the settings, and searches by words ask for meaning as well: $kind',
    async (chosen) => {
      const engine = await built({ embedder: chosen })
      const [settings] = sent(/^\/indexes\/listings_1\/settings$/)
      expect(settings?.body).toMatchObject({
        embedders: { listings: { source: 'rest', url: chosen.url, apiKey: 'k' } },
      })
      await engine.upsert([aDocument()])
      server.exchanges.length = 0
      await engine.search(aQuery({ q: '压铸' }))
      expect(JSON.stringify(sent(/multi-search/)[0]?.body)).toContain('"hybrid":{"embedder":"listings"')
      server.exchanges.length = 0
      await engine.search(aQuery({ q: '"压铸"' }))
      expect(JSON.stringify(sent(/multi-search/)[0]?.body)).not.toContain('hybrid')
    },
  )
})

describe('every request', () => {
  it.skipIf(openApi === undefined)('is as the published description says (MEILI_OPENAPI names the file)', () => {
    expect([...new Set(openApi?.problems)]).toEqual([])
  })
})
