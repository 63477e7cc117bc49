import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allPages, cellsOfPages } from '../../../src/modules/exports/all-pages.ts'
import type { Cell } from '../../../src/modules/exports/domain/table.ts'
import { writeXlsx } from '../../../src/modules/exports/write-xlsx.ts'
import { openFile } from '../../../src/modules/imports/open-file.ts'

const headers = ['编号', '名称']
const pagesOf = (sizes: readonly number[]) => {
  const starts = sizes.map((_, page) => sizes.slice(0, page).reduce((sum, size) => sum + size, 0))
  return sizes.map((size, page) =>
    Array.from({ length: size }, (_, row): Cell[] => [(starts[page] ?? 0) + row, '压铸']),
  )
}
async function* given(pages: Cell[][][]) {
  yield* pages
}
const written = (pages: Cell[][][], mostRows?: number) =>
  buffer(writeXlsx({ fileName: 'x', headers, pages: given(pages) }, mostRows).content as Readable)

async function readBack(file: Buffer) {
  const { sheets, headers: found, rows } = await openFile('xlsx', file)
  const read: [string | undefined, number, string][] = []
  for await (const { sheet, number, cells } of rows) read.push([sheet, number, (cells as string[])[0] ?? ''])
  return { sheets, found, read }
}

describe('an XLSX of more rows than a sheet can hold', () => {
  it('goes on in a second and a third sheet below the same header, and comes back whole', async () => {
    const { sheets, found, read } = await readBack(await written(pagesOf([3, 6, 1]), 5))
    expect(found).toEqual(headers)
    expect(sheets).toEqual([
      { name: '数据', rows: 4, state: 'read' },
      { name: '数据 (2)', rows: 4, state: 'read' },
      { name: '数据 (3)', rows: 2, state: 'read' },
    ])
    expect(read.map(([, , cell]) => cell)).toEqual(Array.from({ length: 10 }, (_, row) => `${row}`))
    expect([read[3], read[4], read[8]]).toEqual([
      [undefined, 5, '3'],
      ['数据 (2)', 2, '4'],
      ['数据 (3)', 2, '8'],
    ])
  })

  it('has no row too many or too few, however pages and sheets cut it', async () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 2, max: 6 }), async (pages, mostRows) => {
        const total = pages.reduce((sum, size) => sum + size, 0)
        const { sheets, read } = await readBack(await written(pagesOf(pages), mostRows))
        expect(read.map(([, , cell]) => cell)).toEqual(Array.from({ length: total }, (_, row) => `${row}`))
        expect(sheets).toHaveLength(Math.max(1, Math.ceil(total / (mostRows - 1))))
      }),
      { numRuns: 30 },
    )
  })

  it('has one sheet when they just fit, and when there is no limit to reach', async () => {
    for (const mostRows of [5, undefined]) {
      const { sheets } = await readBack(await written(pagesOf([4]), mostRows))
      expect(sheets).toEqual([{ name: '数据', rows: 4, state: 'read' }])
    }
  })

  it.each([2, undefined])(
    'breaks the answer off when a page cannot be read, and the process goes on',
    async (mostRows) => {
      const pages = await allPages<Cell[]>(async ({ after }) => {
        if (after?.[0] === '2') throw new Error('the database went away')
        return { items: [[1, '压铸']], next: [String(Number(after?.[0] ?? 0) + 1)] }
      })
      const table = { fileName: 'x', headers, pages: cellsOfPages(pages, (rows) => rows) }
      await expect(buffer(writeXlsx(table, mostRows).content as Readable)).rejects.toThrow('the database went away')
    },
  )
})
