import { impossible } from '../../kernel/assert.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Vault } from '../../ports/vault.ts'
import type { FileRow } from './file-row.ts'

type Place = { importId: Id<'import'>; position: number }

/** The cells of a row as they are stored: nobody reads them there, and a box that was moved to another row does not open. */
export function sealCells(vault: Vault, place: Place, cells: FileRow['cells']): Buffer {
  return vault.seal(JSON.stringify(cells), contextOf(place))
}

export function openCells(vault: Vault, row: Place & { cellsBox: Buffer }): FileRow['cells'] {
  const plain = vault.open(row.cellsBox, contextOf(row))
  return plain === undefined ? impossible(`cells of ${contextOf(row)} do not open`) : JSON.parse(plain)
}

function contextOf({ importId, position }: Place): string {
  return `row ${position} of ${importId}`
}
