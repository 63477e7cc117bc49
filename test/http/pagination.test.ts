import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { sealedBox } from '../../src/http/sealed-box.ts'
import { expectProblem } from '../support/http.ts'
import { usePlatform } from './platform.ts'

const platform = usePlatform()

beforeAll(async () => {
  for (let index = 0; index < 7; index += 1) await platform.as('member').post('/v1/things', { title: `Thing ${index}` })
})

async function firstCursor(url = '/v1/things?limit=2'): Promise<string> {
  return (await platform.client.get(url)).json().page.nextCursor
}

const next = (cursor: string, url = '/v1/things?limit=2') =>
  platform.client.get(`${url}&cursor=${encodeURIComponent(cursor)}`)

describe('a list', () => {
  it('is walked to its end by cursors, every item once (API-PAGE-1)', async () => {
    const titles: string[] = []
    let cursor: string | null = ''
    for (let pages = 0; cursor !== null && pages < 10; pages += 1) {
      const url: string = cursor === '' ? '/v1/things?limit=2' : `/v1/things?limit=2&cursor=${cursor}`
      const { data, page } = (await platform.client.get(url)).json()
      titles.push(...data.map((thing: { title: string }) => thing.title))
      expect(page.hasMore).toBe(page.nextCursor !== null)
      cursor = page.nextCursor
    }
    expect(titles).toEqual(Array.from({ length: 7 }, (_, index) => `Thing ${index}`))
  })

  it('has 20 items a page unless asked otherwise', async () => {
    expect((await platform.client.get('/v1/things')).json()).toMatchObject({
      page: { nextCursor: null, hasMore: false },
    })
  })

  it('may change the page size on the way', async () => {
    const response = await next(await firstCursor(), '/v1/things?limit=5')
    expect(response.json().data).toHaveLength(5)
  })
})

describe('a cursor', () => {
  it('tells nothing about the rows (API-PAGE-2)', async () => {
    const cursor = await firstCursor()
    expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toMatch(/\["2"\]|Thing/)
    expect(await firstCursor()).not.toBe(cursor)
  })

  it('that was changed in any byte or cut anywhere is refused (API-PAGE-2)', async () => {
    const bytes = Buffer.from(await firstCursor(), 'base64url')
    const changed = fc.nat(bytes.length - 1).map((at) => bytes.with(at, (bytes[at] ?? 0) ^ 1))
    const cut = fc.integer({ min: 1, max: bytes.length - 1 }).map((length) => bytes.subarray(0, length))
    await fc.assert(
      fc.asyncProperty(fc.oneof(changed, cut), async (broken) => {
        expectProblem(await next(Buffer.from(broken).toString('base64url')), 'CURSOR_INVALID')
      }),
      { numRuns: 60 },
    )
  })

  it.each(['garbage', '!!!!', '=', '%20', 'AAAA'.repeat(30), '../..', '键', 'null', ''])(
    'that is garbage is refused: %j',
    async (cursor) => {
      const problem = expectProblem(await next(cursor), 'CURSOR_INVALID')
      expect(problem.errors).toMatchObject([{ location: 'query', pointer: '#/cursor' }])
    },
  )

  it('made with another key or for another purpose is refused', async () => {
    for (const box of [sealedBox('x'.repeat(32), 'cursor'), sealedBox('k'.repeat(32), 'idempotency')]) {
      const forged = box.seal(JSON.stringify([Number.MAX_SAFE_INTEGER, ['0']]), 'any').toString('base64url')
      expectProblem(await next(forged), 'CURSOR_INVALID')
    }
  })

  it.each([
    ['with another filter', '/v1/things?limit=2&title=pump'],
    ['with a filter less strict', '/v1/things?limit=2&minParts=0'],
    ['with another list', '/v1/shelves/a/things?limit=2'],
  ])('is refused %s (API-PAGE-2)', async (_name, url) => {
    expectProblem(await next(await firstCursor(), url), 'CURSOR_INVALID')
  })

  it('of one parent is refused for another', async () => {
    const cursor = await firstCursor('/v1/shelves/a/things?limit=2')
    expect((await next(cursor, '/v1/shelves/a/things?limit=2')).statusCode).toBe(200)
    expectProblem(await next(cursor, '/v1/shelves/b/things?limit=2'), 'CURSOR_INVALID')
  })

  it('holds for 7 days (API-PAGE-2)', async () => {
    const cursor = await firstCursor()
    platform.clock.advance('7d')
    expect((await next(cursor)).statusCode).toBe(200)
    platform.clock.advance('1s')
    expectProblem(await next(cursor), 'CURSOR_INVALID')
  })
})
