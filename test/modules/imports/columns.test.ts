import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listingKinds } from '../../../src/compose.ts'
import { columnsOf } from '../../../src/modules/imports/columns/columns-of.ts'
import { matchHeaders, repeatedFields } from '../../../src/modules/imports/domain/header.ts'
import { toCellText } from '../../../src/modules/imports/domain/spreadsheet-text.ts'
import { rowReader } from '../../../src/modules/imports/read-row.ts'
import { cellsOfBody } from '../../../src/modules/imports/to-cells.ts'
import { schemasOf } from '../../../src/modules/listings/index.ts'

const kinds = Object.values(listingKinds)

/** The body that the cells of a body are read as, without what is absent. */
function roundTrip(kind: (typeof kinds)[number]['kind'], body: Record<string, unknown>): Record<string, unknown> {
  const columns = columnsOf(kind).filter(({ isSpread }) => !isSpread)
  const headers = matchHeaders(
    columns.map(({ field }) => field),
    columns,
  )
  const cells = cellsOfBody(columns, body).map(toCellText)
  const { fields, errors } = rowReader(kind, headers)({ cells, problems: [] })
  expect(errors).toEqual([])
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}

describe.each(kinds)('columns of $kind', (definition) => {
  const columns = columnsOf(definition.kind)

  it('cover every field of the create body', () => {
    const covered = new Set(columns.flatMap(({ field, isSpread }) => (isSpread ? [] : [field.split('.')[0]])))
    expect([...covered].sort()).toEqual(Object.keys(schemasOf(definition).createBody.shape).sort())
  })

  it('have names that mean one field each', () => {
    const names = columns.flatMap(({ field, label, aliases }) => [field, label, ...aliases])
    for (const name of names) expect(matchHeaders([name], columns)[0]?.field, name).not.toBeNull()
    expect(
      repeatedFields(
        matchHeaders(
          columns.map(({ label }) => label),
          columns,
        ),
      ),
    ).toEqual([])
  })

  it('read back what they write of the example', () => {
    expect(roundTrip(definition.kind, definition.example)).toEqual(definition.example)
  })

  it('read back any text in any list, formulas and separators included', () => {
    const line = fc
      .string({ minLength: 1, maxLength: 30 })
      .map((text) => text.trim())
      .filter((text) => text !== '')
    const odd = fc.constantFrom('=SUM(A1)', "'x", '一；二', '[1]', '{}', '-5', 'a;b|c', '面议')
    fc.assert(
      fc.property(fc.array(fc.oneof(line, odd), { minLength: 1, maxLength: 4 }), fc.oneof(line, odd), (list, text) => {
        const body = { title: text, description: text, keywords: list, ipc: list }
        expect(roundTrip(definition.kind, body)).toEqual(body)
      }),
      { numRuns: 50 },
    )
  })
})

describe('rows', () => {
  const readingOf = (header: string, cell: string) =>
    rowReader('supply', matchHeaders([header], columnsOf('supply')))({ cells: [cell], problems: [] })

  it.each([
    ['技术领域', '新材料；先进制造与自动化', { fields: ['new-materials', 'advanced-manufacturing'] }],
    ['地区', '宁波市', { region: '330200' }],
    ['合作方式', '普通许可、转让', { cooperationModes: ['ordinary_licence', 'assignment'] }],
    ['价格', '面议', { priceMode: 'negotiable' }],
    ['价格（万元）', '50-80', { priceMode: 'range', priceMinFen: 50_000_000, priceMaxFen: 80_000_000 }],
    [
      '专利号',
      'ZL201710601862.3',
      { ipRights: [{ type: 'invention', number: '201710601862.3', legalState: 'granted' }] },
    ],
    ['技术指标', '抗拉强度≥280MPa', { indicators: [{ name: '抗拉强度', operator: '>=', value: 280, unit: 'MPa' }] }],
    ['联系人', '王工', { contact: { name: '王工' } }],
    ['中试情况', '量产', { pilotStatus: 'mass_production' }],
  ])('read %s %s', (header, cell, fields) => {
    expect(readingOf(header, cell)).toMatchObject({ fields, errors: [] })
  })

  it.each([
    ['技术领域', '新材科', 'unknown_code'],
    ['价格', '50', 'amount_unit_missing'],
    ['专利号', 'ZL201710601862.5', 'patent_number'],
    ['中试情况', '差不多', 'unknown_choice'],
    ['是否职务成果', '可能', 'flag_form'],
  ])('refuse %s %s with the column', (column, cell, code) => {
    expect(readingOf(column, cell).errors).toMatchObject([{ column, code }])
  })

  it('take an empty cell as a field that is not there', () => {
    expect(readingOf('摘要', '  ').fields).toEqual({ summary: null })
  })
})
