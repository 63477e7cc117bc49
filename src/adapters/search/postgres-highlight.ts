import { foldText } from '../../text/fold.ts'

/** A text in its folded spelling; `origin[i]` is where the folded code unit i came from. */
type Folded = { text: string; origin: { start: number; end: number }[] }
type Span = { start: number; end: number }

/**
 * Marks the terms in a text with <em> and escapes everything else for HTML. Terms are folded; the text is as its owner wrote
 * it, so ＡＩ is marked for "ai". Latin terms match whole words, because "ai" is not in "aim".
 */
export function highlight(text: string, terms: readonly string[]): string {
  const folded = foldWithOrigin(text)
  const spans = joined(terms.filter((term) => term !== '').flatMap((term) => spansOf(folded, term)))
  let written = 0
  let html = ''
  for (const { start, end } of spans) {
    html += `${escapeHtml(text.slice(written, start))}<em>${escapeHtml(text.slice(start, end))}</em>`
    written = end
  }
  return html + escapeHtml(text.slice(written))
}

/** Folds letter by letter with the marks that follow it, which is what NFKC may put together. */
function foldWithOrigin(text: string): Folded {
  const folded: Folded = { text: '', origin: [] }
  for (const match of text.matchAll(/[\s\S]\p{M}*/gu)) {
    const place = { start: match.index, end: match.index + match[0].length }
    const letters = /^\s/u.test(match[0]) ? ' ' : foldText(match[0])
    folded.text += letters
    for (let unit = 0; unit < letters.length; unit += 1) folded.origin.push(place)
  }
  return folded
}

function spansOf({ text, origin }: Folded, term: string): Span[] {
  const spans: Span[] = []
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + term.length)) {
    const first = origin[at]
    const last = origin[at + term.length - 1]
    if (first && last && !cutsWord(text, at, at + term.length)) spans.push({ start: first.start, end: last.end })
  }
  return spans
}

function cutsWord(text: string, start: number, end: number): boolean {
  const isInside = (at: number) => /[a-z0-9]/.test(text.charAt(at - 1)) && /[a-z0-9]/.test(text.charAt(at))
  return isInside(start) || isInside(end)
}

/** Spans in order; those that touch or overlap are one. */
function joined(spans: Span[]): Span[] {
  const result: Span[] = []
  for (const span of spans.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = result.at(-1)
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end)
    else result.push({ ...span })
  }
  return result
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)
}
