import { type Cell, textCell } from '../cells/cell.ts'

/** A column of a spreadsheet and the field of the create body that it fills. */
export type Column = {
  /** Path in the create body, such as `contact.name`; of a `spread` column a name of its own. */
  field: string
  /** Header of the templates. */
  label: string
  /** What else people write above such a column. */
  aliases: readonly string[]
  cell: Cell
  /** The cell gives several fields at once; exports write those instead. */
  isSpread?: true
  isNeeded?: true
}

type ColumnSpec = [field: string, label: string, aliases: string, cell?: Cell]

/** Columns of a table of `[field, label, aliases divided by blanks, cell]`; a star before the label marks a needed one. */
export function columns(specs: readonly ColumnSpec[]): Column[] {
  return specs.map(([field, label, aliases, cell = textCell]) => ({
    field: field.replace(/^\.\.\./, ''),
    label: label.replace(/^\*/, ''),
    aliases: aliases.split(' ').filter((alias) => alias !== ''),
    cell,
    ...(field.startsWith('...') && { isSpread: true as const }),
    ...(label.startsWith('*') && { isNeeded: true as const }),
  }))
}
