/**
 * Full-width ASCII (U+FF01–FF5E, U+3000) as input methods produce it, in its half-width form. Unlike NFKC it leaves every
 * other character alone, so that a circled digit or a Roman numeral is still refused by the code that is checked.
 */
export function toHalfWidth(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ')
}

/** The spelling in which codes are compared: half-width, upper case, without any white space. */
export function normaliseCode(text: string): string {
  return toHalfWidth(text).replace(/\s+/g, '').toUpperCase()
}
