import ExcelJS from 'exceljs'

export type SheetOf = { name: string; rows: readonly unknown[][]; state?: 'hidden' }

/** An XLSX with these sheets, each as the tab it is. */
export async function workbookOf(sheets: readonly SheetOf[]): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  for (const { name, rows, state } of sheets) {
    const sheet = workbook.addWorksheet(name, state && { state })
    for (const row of rows) sheet.addRow(row)
  }
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

/** An XLSX with one sheet of these rows; `change` may do to it what people do. */
export async function xlsxOf(rows: readonly unknown[][], change?: (sheet: ExcelJS.Worksheet) => void): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('数据')
  for (const row of rows) sheet.addRow(row)
  change?.(sheet)
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

/** A CSV file of simple cells. */
export function csvOf(rows: readonly (readonly string[])[]): Buffer {
  return Buffer.from(
    rows.map((row) => row.map((cell) => (/[",\n]/.test(cell) ? JSON.stringify(cell) : cell)).join(',')).join('\r\n'),
  )
}
