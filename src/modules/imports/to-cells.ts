import type { Column } from './columns/column.ts'

/** A listing in the words of a create body, as a row of cells that the import reads back to the same body. */
export function cellsOfBody(columns: readonly Column[], body: Record<string, unknown>): string[] {
  return columns.map(({ field, cell, isSpread }) => {
    if (isSpread) return ''
    const value = valueAt(body, field)
    return value === undefined || value === null || isEmptyList(value) ? '' : cell.write(value)
  })
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

function valueAt(body: Record<string, unknown>, path: string): unknown {
  const [name = path, inner] = path.split('.')
  const value = body[name]
  if (inner === undefined) return value
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[inner] : undefined
}
