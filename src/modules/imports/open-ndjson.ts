import { decodeText } from './decode-text.ts'
import type { FileRow, OpenedFile } from './file-row.ts'

/** A create body has four. */
const LEVELS = 20

/** Reads NDJSON: a create body on every line. A line that is none is a wrong row, not a broken file. */
export async function openNdjson(bytes: Uint8Array): Promise<OpenedFile> {
  const { text, encoding } = decodeText(bytes)
  return { encoding, headers: [], rows: rowsOf(text) }
}

async function* rowsOf(text: string): AsyncGenerator<FileRow> {
  let number = 0
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start)
    const end = found < 0 ? text.length : found
    const line = text.slice(start, end).trim()
    number += 1
    start = end + 1
    if (line !== '') yield { number, ...fieldsOf(line) }
  }
}

function fieldsOf(line: string): Pick<FileRow, 'cells' | 'problems'> {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong(line, 'is no JSON object')
    if (isDeeperThan(LEVELS, value)) return wrong(line, `is nested deeper than ${LEVELS} levels`)
    return { cells: value as Record<string, unknown>, problems: [] }
  } catch {
    return wrong(line, 'is no JSON')
  }
}

function wrong(line: string, what: string): Pick<FileRow, 'cells' | 'problems'> {
  return { cells: [line], problems: [{ code: 'json_form', message: `the line ${what}` }] }
}

/** JSON.parse reads a hundred thousand levels, and JSON.stringify, which comes after it, dies of a few thousand. */
function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner))
}
