import { crc32, deflateRawSync } from 'node:zlib'
import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import type { FileRow } from '../../../src/modules/imports/file-row.ts'
import { openFile } from '../../../src/modules/imports/open-file.ts'
import { openXlsx } from '../../../src/modules/imports/open-xlsx.ts'
import { csvOf, inlineCell, rawXlsx, workbookOf, xlsxOf } from './files.ts'

async function readAll(format: 'csv' | 'xlsx' | 'ndjson', bytes: Buffer) {
  const { rows, ...opened } = await openFile(format, bytes)
  const read: FileRow[] = []
  for await (const row of rows) read.push(row)
  return { ...opened, rows: read }
}

/** 名称,领域 / 压铸,新材料 in GB18030. */
const gb18030 = Buffer.from('c3fbb3c62cc1ecd3f20ad1b9d6fd2cd0c2b2c4c1cf0a', 'hex')

describe('CSV', () => {
  it.each([
    ['UTF-8', Buffer.from('名称,领域\n压铸,新材料\n'), 'utf-8'],
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFF名称,领域\n压铸,新材料\n'), 'utf-8 with byte order mark'],
    ['GB18030', gb18030, 'gb18030'],
    [
      'UTF-16 as Excel writes it',
      Buffer.from('\uFEFF名称\t领域\n压铸\t新材料\n', 'utf16le'),
      'utf-16le with byte order mark',
    ],
  ])('in %s is read and its encoding named', async (_name, bytes, encoding) => {
    const { headers, rows, ...file } = await readAll('csv', bytes)
    expect({ headers, encoding: file.encoding, cells: rows[0]?.cells }).toEqual({
      ...{ headers: ['名称', '领域'], encoding, cells: ['压铸', '新材料'] },
    })
  })

  it('keeps rare characters wherever the file is cut into pieces', async () => {
    const name = '𬭎𠮷🙂'.repeat(20)
    const count = 2_000
    const { rows } = await readAll('csv', Buffer.from(`a,b\n${`${name},é\n`.repeat(count)}`))
    expect(rows).toHaveLength(count)
    expect(rows.every(({ cells }) => Array.isArray(cells) && cells[0] === name && cells[1] === 'é')).toBe(true)
  })

  it('keeps line breaks in cells, skips empty rows and numbers rows as a spreadsheet program does', async () => {
    const { rows } = await readAll('csv', Buffer.from('a,b\n"x\ny",1\n\n,\nz,2\n'))
    expect(rows.map(({ number, cells }) => [number, cells])).toEqual([
      [2, ['x\ny', '1']],
      [5, ['z', '2']],
    ])
  })

  it('reports ragged rows and reads the others', async () => {
    const { rows } = await readAll('csv', Buffer.from('a,b\n1,2\n1\n1,2,3\n1,2,\n'))
    expect(rows.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
      [],
      ['ragged_row'],
      ['ragged_row'],
      [],
    ])
  })

  it.each([
    ['a quote that never ends', Buffer.from('a,b\n"x,1\ny,2\n'), 'CSV_BROKEN'],
    [
      'a UTF-8 text with a wrong byte',
      Buffer.concat([Buffer.from('名称,领域\n压铸,新材料\n焊'), Buffer.of(0xe6)]),
      'ENCODING_BROKEN',
    ],
    ['bytes of no encoding', Buffer.from([0x61, 0x2c, 0x62, 0x0a, 0xff, 0xff, 0xff]), 'ENCODING_UNKNOWN'],
    ['10,000 columns', csvOf([Array.from({ length: 10_000 }, (_, index) => `c${index}`)]), 'TOO_MANY_COLUMNS'],
    ['nothing but line ends', Buffer.from('\n\n'), 'EMPTY_FILE'],
  ])('refuses %s', async (_name, bytes, code) => {
    await expect(readAll('csv', bytes)).rejects.toMatchObject({ name: 'FileRefused', code })
  })
})

describe('a damaged CSV', () => {
  it.each([
    // Read as GB18030 the first one would pass, and be nonsense throughout.
    [
      Buffer.concat([Buffer.from('title\n压铸技术\n焊接'), Buffer.of(0xe6, 0x8a, 0x0a)]),
      /^Row 3 holds .* behind “.*焊接”/s,
    ],
    [Buffer.from('a,b\n1,2\n3,4"5"\n'), /^Row 3, column 2: /],
  ])('is refused with the place', async (bytes, message) => {
    await expect(readAll('csv', bytes)).rejects.toMatchObject({ message: expect.stringMatching(message) })
  })
})

describe('NDJSON', () => {
  it('takes an object a line, and a wrong line as a wrong row', async () => {
    const { rows } = await readAll('ndjson', Buffer.from('{"title":"压铸"}\n\n[1]\n{broken\n'))
    expect(rows.map(({ number, problems }) => [number, problems[0]?.code])).toEqual([
      [1, undefined],
      [3, 'json_form'],
      [4, 'json_form'],
    ])
  })
})

describe('a line that is nested very deeply', () => {
  it('is a wrong row, at any depth that a line of a file can have', async () => {
    const nested = (levels: number) => `{"title":${'['.repeat(levels)}${']'.repeat(levels)}}`
    const { rows } = await readAll('ndjson', Buffer.from([19, 20, 100_000].map(nested).join('\n')))
    expect(rows.map(({ problems }) => problems[0]?.message)).toEqual([
      undefined,
      ...Array(2).fill('the line is nested deeper than 20 levels'),
    ])
  })
})

describe('XLSX', () => {
  it('reads texts, numbers, dates, flags and rich text', async () => {
    const bytes = await xlsxOf([
      ['名称', '成熟度', '日期', '标志', '富文本'],
      ['压铸', 7, new Date('2027-06-30T00:00:00Z'), true, { richText: [{ text: '高' }, { text: '真空' }] }],
    ])
    const { headers, rows } = await readAll('xlsx', bytes)
    expect(headers).toHaveLength(5)
    expect(rows.map(({ number, cells }) => [number, cells])).toEqual([
      [2, ['压铸', '7', '2027-06-30', 'true', '高真空']],
    ])
  })

  it('reports formulas, merged cells and errors by row and column', async () => {
    const bytes = await xlsxOf(
      [
        ['名称', '价格', '备注'],
        ['压铸', { formula: 'A1+1', result: 5 }, 'x'],
        ['焊接', 1, 'y'],
        ['切割', 2, 'z'],
      ],
      (sheet) => {
        sheet.mergeCells('C3:C4')
        sheet.getCell('B4').value = { error: '#REF!' }
      },
    )
    const { rows } = await readAll('xlsx', bytes)
    expect(rows.map(({ number, problems }) => [number, problems.map(({ column, code }) => [column, code])])).toEqual([
      [2, [[1, 'formula']]],
      [3, []],
      [
        4,
        [
          [1, 'cell_error'],
          [2, 'merged_cell'],
        ],
      ],
    ])
  })

  it('reads the further sheets that have the same header, and says why it does not read the others', async () => {
    const header = ['名称', '领域']
    const { sheets, rows } = await readAll(
      'xlsx',
      await workbookOf([
        { name: '旧', rows: [header, ['作废', '']], state: 'hidden' },
        { name: '第一', rows: [header, ['压铸', '']] },
        {
          name: '说明',
          rows: [
            ['列', '怎么填'],
            ['名称', '…'],
          ],
        },
        { name: 'Sheet3', rows: [] },
        { name: 'A&B', rows: [header, ['焊接', ''], ['切割', '', '多']] },
      ]),
    )
    expect(sheets).toEqual([
      { name: '旧', rows: 0, state: 'hidden' },
      { name: '第一', rows: 1, state: 'read' },
      { name: '说明', rows: 0, state: 'other_header' },
      { name: 'Sheet3', rows: 0, state: 'empty' },
      { name: 'A&B', rows: 2, state: 'read' },
    ])
    expect(
      rows.map(({ sheet, number, cells, problems }) => [sheet, number, cells[0 as never], problems[0]?.code]),
    ).toEqual([
      [undefined, 2, '压铸', undefined],
      ['A&B', 2, '焊接', undefined],
      ['A&B', 3, '切割', 'ragged_row'],
    ])
  })

  it('goes by the tabs, whatever the files behind them are called', async () => {
    const workbook = new ExcelJS.Workbook()
    const front = workbook.addWorksheet('前')
    workbook.addWorksheet('后').addRows([['名称'], ['焊接']])
    front.addRows([['名称'], ['压铸'], ['切割']])
    front.mergeCells('A2:A3')
    // As a workbook whose sheets were reordered: ids that are no numbers of files.
    Object.assign(front, { id: 7, orderNo: 9 })
    const { sheets, rows } = await readAll('xlsx', Buffer.from(await workbook.xlsx.writeBuffer()))
    expect(sheets?.map(({ name }) => name)).toEqual(['后', '前'])
    expect(rows.map(({ sheet, cells, problems }) => [sheet, cells[0 as never], problems[0]?.code])).toEqual([
      [undefined, '焊接', undefined],
      ['前', '压铸', undefined],
      ['前', undefined, 'merged_cell'],
    ])
  })

  it('takes texts whole that exceljs would cut: in runs, and with phonetic guides', async () => {
    const shared = '<si><t>高真空压铸</t><rPh sb="0" eb="1"><t>gao</t></rPh><phoneticPr fontId="1"/></si>'
    const runs = '<is><r><t>压铸</t></r><r><rPr><b/></rPr><t xml:space="preserve"> &lt;焊接&gt;</t></r></is>'
    const rows = `<row r="1">${inlineCell('A1', '名称')}${inlineCell('B1', '领域')}</row>
      <row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="inlineStr">${runs}</c></row>`
    const read = await readAll('xlsx', await rawXlsx(rows, shared))
    expect(read.rows.map(({ cells }) => cells)).toEqual([['高真空压铸', '压铸 <焊接>']])
  })

  it('reports a number of which the spreadsheet has lost digits, and not the same digits as text', async () => {
    const bytes = await xlsxOf([['编号'], [Number('330206198001011234')], ['330206198001011234'], [201_710_601_862.3]])
    const { rows } = await readAll('xlsx', bytes)
    expect(rows.map(({ cells, problems }) => [cells[0 as never], problems[0]?.code])).toEqual([
      [undefined, 'number_not_exact'],
      ['330206198001011234', undefined],
      ['201710601862.3', undefined],
    ])
  })

  it('reports a number that is shown as a date and is none', async () => {
    const bytes = await xlsxOf([['日期'], [1]], (sheet) => {
      Object.assign(sheet.getCell('A2'), { value: 99_999_999_999, numFmt: 'yyyy-mm-dd' })
    })
    expect((await readAll('xlsx', bytes)).rows[0]?.problems).toMatchObject([{ column: 0, code: 'cell_error' }])
  })

  it('reads 5,000 rows that end in the last column of a sheet in no time, and says that they are ragged', async () => {
    const wide = Array.from({ length: 5_000 }, (_, i) => `<row r="${i + 2}"><c r="XFD${i + 2}"><v>1</v></c></row>`)
    const bytes = await rawXlsx(`<row r="1">${inlineCell('A1', '名称')}</row>${wide.join('')}`)
    const started = performance.now()
    const { rows } = await readAll('xlsx', bytes)
    expect(performance.now() - started).toBeLessThan(3_000)
    expect(rows).toHaveLength(5_000)
    expect(rows[0]?.problems).toEqual([
      { code: 'ragged_row', message: 'has a cell behind column 65, the header ends at 1' },
    ])
  })

  it('gives up a file that takes too long', async () => {
    const { rows } = await openXlsx(await xlsxOf([['名称'], ['压铸']]), 1e9)
    for await (const { cells } of rows) expect(cells).toEqual(['压铸'])
    await expect(openXlsx(await xlsxOf([['名称']]), -1)).rejects.toMatchObject({ code: 'TOO_SLOW' })
  })

  it.each([
    ['a formula in the header', () => xlsxOf([['名称', { formula: 'A1', result: '领域' }]]), 'HEADER_FORM'],
    ['a header of merged cells', () => xlsxOf([['名称', '']], (sheet) => sheet.mergeCells('A1:B1')), 'HEADER_FORM'],
    [
      'a row of a number that no sheet has',
      () => rawXlsx(`<row r="9999999999">${inlineCell('A1', 'x')}</row>`),
      'XLSX_BROKEN',
    ],
    ['10,000 columns', () => xlsxOf([Array.from({ length: 10_000 }, (_, index) => `c${index}`)]), 'TOO_MANY_COLUMNS'],
    ['a zip of something else', async () => zipOf([{ name: 'readme.txt', content: Buffer.from('x') }]), 'XLSX_BROKEN'],
    ['a cut file', async () => (await xlsxOf([['名称']])).subarray(0, 900), 'XLSX_BROKEN'],
    ['a bomb that says how large it is', async () => zipOf([bomb(300 * 1_048_576)]), 'XLSX_TOO_LARGE'],
    ['a bomb that lies', async () => zipOf([{ ...bomb(10 * 1_048_576), claims: 50_000 }]), 'XLSX_TOO_LARGE'],
    [
      '2,000 entries',
      async () => zipOf(Array.from({ length: 2_000 }, (_, index) => ({ name: `${index}`, content: Buffer.of() }))),
      'XLSX_TOO_LARGE',
    ],
    [
      'a name outside of the archive',
      async () => zipOf([{ name: '../../etc/passwd', content: Buffer.of() }]),
      'XLSX_BROKEN',
    ],
  ])('refuses %s', async (_name, make, code) => {
    const bytes = await make()
    await expect(readAll('xlsx', bytes)).rejects.toMatchObject({ name: 'FileRefused', code })
  })
})

type Packed = { name: string; content: Buffer; claims?: number }

function bomb(size: number): Packed {
  return { name: 'xl/workbook.xml', content: Buffer.alloc(size) }
}

/** A zip archive by hand, so that its directory can lie. */
function zipOf(entries: readonly Packed[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content, claims } of entries) {
    const packed = deflateRawSync(content)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(8, 8)
    head.writeUInt16LE(name.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(8, 10)
    central.writeUInt32LE(crc32(content), 16)
    central.writeUInt32LE(packed.length, 20)
    central.writeUInt32LE(claims ?? content.length, 24)
    central.writeUInt16LE(name.length, 28)
    central.writeUInt32LE(at, 42)
    locals.push(head, Buffer.from(name), packed)
    directory.push(central, Buffer.from(name))
    at += 30 + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, ...directory, end])
}
