import type { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { allPages, cellsOfPages } from '../../../src/modules/exports/all-pages.ts'
import type { Cell } from '../../../src/modules/exports/domain/table.ts'
import { tableFile } from '../../../src/modules/exports/table-file.ts'

const pageCount = 400
/** A page is 50 kB of text that hardly shrinks. */
const rowsOf = (page: number): Cell[][] =>
  Array.from({ length: 100 }, (_, row) => [
    page * 100 + row,
    Buffer.from(`${page}${row}`.repeat(60)).toString('base64'),
  ])

describe.each(['csv', 'xlsx'] as const)('an export as %s', (format) => {
  it('reads on only as fast as somebody takes it', async () => {
    let read = 0
    const pages = await allPages(async ({ after }) => {
      read += 1
      const page = Number(after?.[0] ?? 0)
      return { items: [page], ...(page + 1 < pageCount && { next: [String(page + 1)] }) }
    })
    const cells = cellsOfPages(pages, ([page = 0]) => rowsOf(page))
    const { content } = tableFile({ fileName: 'x', headers: ['a', 'b'], pages: cells }, format)
    const reader = (content as Readable)[Symbol.asyncIterator]()
    await reader.next()
    await new Promise((resolve) => setImmediate(resolve))
    expect(read).toBeLessThan(pageCount / 4)
    let size = 0
    for await (const piece of { [Symbol.asyncIterator]: () => reader }) size += piece.length
    expect(read).toBe(pageCount)
    expect(size).toBeGreaterThan(pageCount * 100)
  })
})
