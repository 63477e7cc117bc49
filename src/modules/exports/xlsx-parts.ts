export const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types'
const PACKAGE_TYPE = 'application/vnd.openxmlformats-package.relationships+xml'
const PART = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Where the cells of a sheet stand; sheets count from 1. */
export function sheetPath(sheet: number): string {
  return `xl/worksheets/sheet${sheet}.xml`
}

/** The parts of a workbook that name its sheets: 数据, 数据 (2) and so on. They may stand behind the sheets in the archive. */
export function workbookParts(sheetCount: number): Record<string, string> {
  const numbers = Array.from({ length: sheetCount }, (_, index) => index + 1)
  const each = (render: (sheet: number) => string) => numbers.map(render).join('')
  const types = each((sheet) => `<Override PartName="/${sheetPath(sheet)}" ContentType="${PART}.worksheet+xml"/>`)
  const sheets = each((sheet) => `<sheet name="${sheetName(sheet)}" sheetId="${sheet}" r:id="rId${sheet}"/>`)
  const relations = each((sheet) => relation(sheet, 'worksheet', `worksheets/sheet${sheet}.xml`))
  return {
    '[Content_Types].xml': `${DECLARATION}<Types xmlns="${TYPES}"><Default Extension="rels" ContentType="${PACKAGE_TYPE}"/><Override PartName="/xl/workbook.xml" ContentType="${PART}.sheet.main+xml"/>${types}</Types>`,
    '_rels/.rels': `${DECLARATION}<Relationships xmlns="${RELATIONS}">${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${DECLARATION}<Relationships xmlns="${RELATIONS}">${relations}</Relationships>`,
  }
}

function sheetName(sheet: number): string {
  return sheet === 1 ? '数据' : `数据 (${sheet})`
}

function relation(number: number, type: string, target: string): string {
  return `<Relationship Id="rId${number}" Type="${OFFICE}/${type}" Target="${target}"/>`
}
