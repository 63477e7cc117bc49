const PHONETIC = /<rPh[\s>][\s\S]*?<\/rPh>/g
const INLINE = /<is>([\s\S]*?)<\/is>/g
const TEXT = /<t(?:\s[^>]*)?>([^<]*)<\/t>/g
/** From BN on, the 66th column, the second one behind those that a file may have. */
const FAR = '(?:[A-Z]{3}|[C-Z][A-Z]|B[N-Z])'
const FAR_CELL = new RegExp(`(<c\\s(?:[^>]*\\s)?r=")${FAR}(\\d+")`, 'g')
const MISREAD = new RegExp(`<rPh[\\s>]|<is>\\s*<r[\\s>]|\\sr="${FAR}\\d`)

/** The column in which every cell behind it is found, counted from 1. */
export const farColumn = 66

/** Whether exceljs would misread a stretch of XML while it streams, or spend its time on it. */
export function isMisread(xml: string): boolean {
  return MISREAD.test(xml)
}

/**
 * The XML of a sheet or of the shared texts as exceljs reads it right. Of a text with phonetic guides (拼音字段) or of an inline one in
 * runs it takes the last piece for the whole; a row that ends in column XFD costs it 0.7 ms, and a file may have millions.
 */
export function readableXml(xml: string): string {
  const near = xml.replace(FAR_CELL, '$1BN$2')
  return near.replace(PHONETIC, '').replace(INLINE, (all, content: string) => {
    if (!/<r[\s>]/.test(content)) return all
    const text = [...content.matchAll(TEXT)].map(([, piece = '']) => piece).join('')
    return `<is><t xml:space="preserve">${text}</t></is>`
  })
}
