/** What XML 1.0 cannot hold, and a line end that it would read back as another. */
const CONTROL = String.raw`[\0-\x08\x0b-\x1f\ufffe\uffff]`
const HALF_CHARACTER = String.raw`[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]`
/** The mark of an escape, and an entity in the text itself: exceljs decodes those of inline strings twice. */
const MISREAD = '_(?=x[0-9a-fA-F]{4}_)|&(?=#?\\w+;)'
const UNSAFE = new RegExp([CONTROL, HALF_CHARACTER, MISREAD].join('|'), 'g')

/** A text as OOXML stores it (ECMA-376, ST_Xstring): a character that XML has no place for is written as `_x0007_`. */
export function encodeXlsxText(text: string): string {
  return text.replace(UNSAFE, (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
}

/** The text behind the escapes. */
export function decodeXlsxText(stored: string): string {
  return stored.replace(/_x([0-9a-fA-F]{4})_/g, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}
