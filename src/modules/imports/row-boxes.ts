import { impossible } from '../../kernel/assert.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Vault } from '../../ports/vault.ts'
import type { FileRow, WaitingRow } from './file-row.ts'

type Row = { importId: Id<'import'>; position: number }
type Chunk = { importId: Id<'import'>; lastPosition: number }

/**
 * Many rows in one box: nobody reads them where they are stored, and a box that was moved to another place does not open.
 * Sealing takes 8 µs whatever the length, so one box a row would cost as much as reading its cells.
 */
export function sealChunk(vault: Vault, chunk: Chunk, rows: readonly WaitingRow[]): Buffer {
  return vault.seal(JSON.stringify(rows), contextOfChunk(chunk))
}

export function openChunk(vault: Vault, chunk: Chunk & { box: Buffer }): WaitingRow[] {
  return opened(vault, chunk.box, contextOfChunk(chunk)) as WaitingRow[]
}

/** The cells of one row, which failed. */
export function sealCells(vault: Vault, row: Row, cells: FileRow['cells']): Buffer {
  return vault.seal(JSON.stringify(cells), contextOfRow(row))
}

/** None for a row whose cells were not kept, because it did not fail. */
export function openCells(vault: Vault, row: Row & { cellsBox: Buffer | null }): FileRow['cells'] {
  return row.cellsBox === null ? [] : (opened(vault, row.cellsBox, contextOfRow(row)) as FileRow['cells'])
}

function opened(vault: Vault, box: Buffer, context: string): unknown {
  return JSON.parse(vault.open(box, context) ?? impossible(`${context} does not open`))
}

function contextOfRow({ importId, position }: Row): string {
  return `row ${position} of ${importId}`
}

function contextOfChunk({ importId, lastPosition }: Chunk): string {
  return `rows up to ${lastPosition} of ${importId}`
}
