import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvRecords } from '../../../src/modules/imports/csv-records.ts'

const cellsOf = (text: string, delimiter = ',') => [...csvRecords(text, delimiter)].map(({ cells }) => cells)
const cell = fc.oneof(fc.string(), fc.constantFrom('"', '""', ',', '\n', '\r\n', 'a"b', '压铸，技术', ' x ', '=1', "'"))
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 })
const hasText = (cells: readonly string[]) => cells.some((each) => each.trim() !== '')

describe('CSV records', () => {
  it('read back whatever was written, with any delimiter and line end', () => {
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t'), fc.constantFrom('\n', '\r\n'), (rows, delimiter, end) => {
        const text = stringify(rows, { delimiter, record_delimiter: end, quoted: true })
        expect(cellsOf(text, delimiter)).toEqual(rows.filter(hasText))
      }),
    )
  })

  it('are those that csv-parse reads of any text that it takes, and both refuse the others', () => {
    const part = fc.constantFrom('a', '"', ',', '\n', '\r\n', '压', ' ', '""', '"x"')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = parts.join('')
        let theirs: string[][] | undefined
        try {
          theirs = parse(text, { relax_column_count: true, record_delimiter: ['\r\n', '\n'] })
        } catch {
          theirs = undefined
        }
        if (theirs === undefined) expect(() => cellsOf(text)).toThrow()
        else expect(cellsOf(text)).toEqual(theirs.filter(hasText))
      }),
      { numRuns: 500 },
    )
  })

  it('count as a spreadsheet program does, empty ones too, and take the line ends of any system', () => {
    expect([...csvRecords('a,b\r\n\r\n1,"x\r\ny"', ',')]).toEqual([
      { number: 1, cells: ['a', 'b'] },
      { number: 3, cells: ['1', 'x\r\ny'] },
    ])
    expect(cellsOf('a,b\r1,2\r')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
  })
})
