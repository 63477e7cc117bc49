import { fileLimits } from './domain/file-limits.ts'
import type { FileRow } from './file-row.ts'

/** What PostgreSQL cannot store (NUL, halves of characters) and what no listing can hold does not get in. */
export function withoutHugeCells(row: FileRow): FileRow {
  const problems = [...row.problems]
  if (!Array.isArray(row.cells)) {
    const text = JSON.stringify(row.cells)
    if (isStorable(text) && text.length <= 10 * fileLimits.cellBytes) return row
    return {
      ...row,
      cells: [],
      problems: [{ code: 'not_storable', message: 'is too long or holds characters that are none' }],
    }
  }
  const cells = row.cells.map((cell, column) => {
    const isHuge = cell.length > fileLimits.cellBytes
    if (!isHuge && isStorable(cell)) return cell
    problems.push({
      column,
      code: isHuge ? 'cell_too_long' : 'not_storable',
      message: isHuge ? 'has more than 65,536 characters' : 'holds characters that are none',
    })
    return ''
  })
  return { ...row, cells, problems }
}

export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0') && !text.includes('\\u0000') && !/\\ud[89a-f]/i.test(text)
}
