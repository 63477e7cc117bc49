import { stringify } from 'csv-stringify/sync'
import ExcelJS from 'exceljs'
import type { FileAnswer } from '../../http/files.ts'
import type { ListingKind, ListingKindDefinition } from '../listings/index.ts'
import type { Column } from './columns/column.ts'
import { columnsOf } from './columns/columns-of.ts'
import { xlsxType } from './schemas.ts'
import { cellsOfBody } from './to-cells.ts'

const WIDTH = 18

/** An empty table with the headers that the import knows and one example row; as XLSX with a second sheet that explains them. */
export async function templateFile(definition: ListingKindDefinition, format: 'csv' | 'xlsx'): Promise<FileAnswer> {
  const columns = templateColumns(definition.kind)
  const headers = columns.map(headerOf)
  // Without a market: an empty cell is that of the sender.
  const example = cellsOfBody(columns, { ...definition.example, externalId: 'A-001', market: undefined })
  const fileName = `${definition.path}-template.${format}`
  if (format === 'csv') {
    return { fileName, mediaType: 'text/csv; charset=utf-8', content: `\uFEFF${stringify([headers, example])}` }
  }
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('数据')
  sheet.addRow(headers).font = { bold: true }
  sheet.addRow(example)
  sheet.columns.forEach((column) => {
    column.width = WIDTH
  })
  const notes = workbook.addWorksheet('说明')
  notes.addRow(['列', '必填', '填写方法', '也可写作']).font = { bold: true }
  for (const { label, isNeeded, cell, aliases } of columns) {
    notes.addRow([label, isNeeded ? '是' : '', cell.hint, aliases.join('、')])
  }
  return { fileName, mediaType: xlsxType, content: new Uint8Array(await workbook.xlsx.writeBuffer()) }
}

/** Without the columns that another one of the template gives anyway. */
function templateColumns(kind: ListingKind): Column[] {
  const columns = columnsOf(kind)
  const isGiven = ({ field }: Column) => /^(price|budget|amount)(Mode|MinFen|MaxFen)$/.test(field)
  return columns.filter((column) => !isGiven(column))
}

function headerOf({ label, isNeeded }: Column): string {
  return isNeeded ? `${label}*` : label
}
