import { describe, expect, it } from 'vitest'
import { sniffFormat } from '../../../../src/modules/imports/domain/file-format.ts'
import { matchHeaders, repeatedFields } from '../../../../src/modules/imports/domain/header.ts'
import { progressOf } from '../../../../src/modules/imports/domain/progress.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('sniffFormat', () => {
  it.each([
    ['名称,领域\n', { format: 'csv' }],
    ['\uFEFF{"title":"x"}\n', { format: 'ndjson' }],
    ['  {"title":"x"}', { format: 'ndjson' }],
    ['[编号],名称\n', { format: 'csv' }],
    ['PK\u0003\u0004…', { format: 'xlsx' }],
  ])('%j', (text, sniffed) => {
    expect(sniffFormat(bytes(text))).toEqual(sniffed)
  })

  it.each([
    ['a renamed program', [0x4d, 0x5a, 0x90, 0], 'Windows program'],
    ['a PDF', [...bytes('%PDF-1.7')], 'PDF'],
    ['an old .xls', [0xd0, 0xcf, 0x11, 0xe0], '.xlsx'],
    ['bytes of no kind', [1, 0, 2, 0, 3], 'neither text'],
    ['a web page that is called .xls', [...bytes('\uFEFF <html><table>')], 'web page'],
    ['a JSON array', [...bytes('[ {"title":"x"}]')], 'one a line'],
    ['RTF', [...bytes('{\\rtf1 x}')], 'text document'],
    ['nothing', [], 'empty'],
  ])('refuses %s', (_what, head, reason) => {
    expect(sniffFormat(Uint8Array.from(head))).toMatchObject({ refused: expect.stringContaining(reason) })
  })
})

const columns = [
  { field: 'title', label: '名称', aliases: ['成果名称'] },
  { field: 'price', label: '价格', aliases: ['意向价格'] },
  { field: 'trl', label: '技术成熟度', aliases: [] },
]

describe('matchHeaders', () => {
  it('knows labels, aliases and field names, whatever the brackets, stars and case', () => {
    expect(matchHeaders(['成果名称*', '意向价格（万元）', 'TRL'], columns)).toEqual([
      { header: '成果名称*', field: 'title' },
      { header: '意向价格（万元）', field: 'price', unit: '万元' },
      { header: 'TRL', field: 'trl' },
    ])
  })

  it('suggests the nearest column for what it does not know, and nothing for what is like none', () => {
    expect(matchHeaders(['技术成熟渡', '备注甲乙丙丁'], columns)).toEqual([
      { header: '技术成熟渡', field: null, suggestion: '技术成熟度' },
      { header: '备注甲乙丙丁', field: null },
    ])
  })

  it('finds two columns that mean the same', () => {
    expect(repeatedFields(matchHeaders(['名称', '成果名称', '价格'], columns))).toEqual(['title'])
  })
})

describe('progressOf', () => {
  const startedAt = new Date('2026-11-27T00:00:00Z')

  it('tells pace and time left from what was done so far', () => {
    const counted = { processed: 1_500, total: 5_000, startedAt, endedAt: null }
    expect(progressOf(counted, new Date('2026-11-27T00:00:03Z'))).toEqual({
      ...{ processed: 1_500, total: 5_000, ratePerSecond: 500, secondsLeft: 7 },
    })
  })

  it('knows neither before the first row, and no time is left after the last', () => {
    const begun = progressOf({ processed: 0, total: null, startedAt, endedAt: null }, startedAt)
    expect(begun).toEqual({ processed: 0, total: null, ratePerSecond: null, secondsLeft: null })
    const ended = { processed: 10, total: 10, startedAt, endedAt: new Date('2026-11-27T00:00:01Z') }
    expect(progressOf(ended, new Date('2026-11-28T00:00:00Z'))).toMatchObject({ ratePerSecond: 10, secondsLeft: 0 })
  })
})
