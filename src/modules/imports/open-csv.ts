import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { FileRefused } from '../../files/file-refused.ts'
import { toUtf8 } from './decode-text.ts'
import { fileLimits } from './domain/file-limits.ts'
import type { FileRow, OpenedFile } from './file-row.ts'

const DELIMITERS = [',', ';', '\t'] as const
const CHUNK = 65_536

/** Reads a CSV file in whatever encoding and with whichever delimiter its first line has. @throws FileRefused */
export async function openCsv(bytes: Uint8Array): Promise<OpenedFile> {
  const text = toUtf8(bytes)
  const { encoding } = text
  const records = recordsOf(text.bytes)
  const first = await records.next()
  if (first.done === true) throw new FileRefused('EMPTY_FILE', 'The file has no header.')
  const headers = withoutEmptyEnd(first.value.cells)
  assertColumns(headers.length)
  return { encoding, headers, rows: rowsOf(records, headers.length) }
}

export function assertColumns(count: number): void {
  if (count <= fileLimits.columns) return
  const message = `The file has more than the ${fileLimits.columns} columns that are allowed.`
  throw new FileRefused('TOO_MANY_COLUMNS', message)
}

export function withoutEmptyEnd(cells: readonly string[]): string[] {
  const last = cells.findLastIndex((cell) => cell.trim() !== '')
  return cells.slice(0, last + 1)
}

type Record = { number: number; cells: string[] }

async function* recordsOf(text: Uint8Array): AsyncGenerator<Record> {
  const options = {
    ...{ delimiter: delimiterOf(text), relax_column_count: true },
    max_record_size: fileLimits.columns * fileLimits.cellBytes,
  }
  const parser = Readable.from(chunksOf(text)).pipe(parse(options))
  let number = 0
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      number += 1
      if (cells.some((cell) => cell.trim() !== '')) yield { number, cells }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new FileRefused('CSV_BROKEN', `${placeOf(error)}: ${error.message}`, { cause: error })
  }
}

/** The parser is ahead of the rows that were taken from it, so it says itself where it stopped. */
function placeOf(error: CsvError): string {
  const [row, column] = [Number(error.records), Number(error.column)]
  return Number.isInteger(column) ? `Row ${row + 1}, column ${column + 1}` : `Row ${row + 1}`
}

/** As bytes, which the parser works on: a text would have to be turned into them again. */
function* chunksOf(text: Uint8Array): Generator<Buffer> {
  const { buffer, byteOffset, length } = text
  for (let start = 0; start < length; start += CHUNK) {
    yield Buffer.from(buffer, byteOffset + start, Math.min(CHUNK, length - start))
  }
}

/** The one that the first line has most of. */
function delimiterOf(text: Uint8Array): string {
  const line = new TextDecoder().decode(text.subarray(0, CHUNK)).split(/\r?\n/, 1)[0] ?? ''
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: line.split(delimiter).length }))
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).delimiter
}

async function* rowsOf(records: AsyncGenerator<Record>, width: number): AsyncGenerator<FileRow> {
  for await (const { number, cells } of records) {
    const filled = withoutEmptyEnd(cells)
    // A spreadsheet program writes every row as wide as the header; another width is a broken quote or a lost cell.
    const isRagged = filled.length > width || cells.length < width
    const message = `has ${cells.length} cells, the header has ${width}`
    yield { number, cells: filled.slice(0, width), problems: isRagged ? [{ code: 'ragged_row', message }] : [] }
  }
}
