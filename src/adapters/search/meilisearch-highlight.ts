/** Around matches in answers of the server; texts in the index do not have them (toStoredDocument). */
export const highlightStart = '\uE000'
export const highlightEnd = '\uE001'

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/**
 * Turns marks into <em> and everything else into text of HTML. Neighbouring marks become one; a mark that ends inside a Latin
 * word is dropped, because Meilisearch finds AIM by its beginning AI.
 */
export function toHighlight(marked: string): string {
  return marked
    .replaceAll(`${highlightEnd}${highlightStart}`, '')
    .replace(/\uE000([^\uE000\uE001]*[a-z0-9])\uE001(?=[a-z0-9])/giu, '$1')
    .replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)
    .replaceAll(highlightStart, '<em>')
    .replaceAll(highlightEnd, '</em>')
}
