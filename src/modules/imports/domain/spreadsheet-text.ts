/**
 * A text as a cell that no spreadsheet program takes for a formula (OWASP, CSV injection): what begins with = + - @, a tab
 * or a line break gets an apostrophe in front. So does what begins with an apostrophe, so that reading takes off exactly
 * what writing put on.
 */
export function toCellText(text: string): string {
  return /^[=+\-@\t\r\n']/.test(text) ? `'${text}` : text
}

/** The text of a cell without the apostrophe that marks it as text. */
export function fromCellText(cell: string): string {
  return cell.startsWith("'") ? cell.slice(1) : cell
}
