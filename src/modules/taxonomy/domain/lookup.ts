import { nearest } from '../../../kernel/nearest.ts'
import { taxonomies } from './taxonomies.ts'
import type { ReasonUse, TaxonomyName, Term } from './taxonomy.ts'

/** One map per set, built once: about 1,000 terms altogether. */
const termsByCode: ReadonlyMap<TaxonomyName, ReadonlyMap<string, Term>> = new Map(
  [...taxonomies].map(([name, taxonomy]) => [name, new Map(taxonomy.terms.map((term) => [term.code, term]))]),
)

/** How much of a code names each enclosing level, finest first, in the sets whose codes carry their own hierarchy. */
const enclosingCodes: Partial<Record<TaxonomyName, (code: string) => string[]>> = {
  regions: (code) => (/^\d{6}$/.test(code) ? [`${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`] : []),
  industries: (code) => (/^[A-T]\d{2,4}$/.test(code) ? [code.slice(0, 3), code.slice(0, 1)] : []),
  ipc: (code) => (/^[A-H]\d{2}([A-Z]|$)/.test(code) ? [code.slice(0, 3), code.slice(0, 1)] : []),
}

/** The term of exactly this code. */
export function termOf(name: TaxonomyName, code: string): Term | undefined {
  return termsByCode.get(name)?.get(code)
}

/** Whether the set ships exactly this code. For a county or an IPC symbol ask `enclosingTerm`: those are not all shipped. */
export function isKnownCode(name: TaxonomyName, code: string): boolean {
  return termOf(name, code) !== undefined
}

/**
 * The code's own term or the finest shipped term that contains it: `H01M10/0525` lies in H01, `C3841` in C38, and the
 * unlisted county 440305 in 440300. Only sets with hierarchical codes look beyond the code itself.
 */
export function enclosingTerm(name: TaxonomyName, code: string): Term | undefined {
  const candidates = [code, ...(enclosingCodes[name]?.(code) ?? [])]
  return candidates.map((candidate) => termOf(name, candidate)).find((term) => term !== undefined)
}

/** The terms above a code, nearest first; for a code that is not shipped itself it begins with the enclosing term. */
export function ancestorsOf(name: TaxonomyName, code: string): Term[] {
  const start = enclosingTerm(name, code)
  const ancestors = start && start.code !== code ? [start] : []
  let parent = start?.parent
  while (parent !== undefined) {
    const term = termOf(name, parent)
    if (!term) break
    ancestors.push(term)
    parent = term.parent
  }
  return ancestors
}

/**
 * The code that a wrong one most likely meant. A title in either language counts as its code. Codes made of digits are
 * completed (`A1` → `A01`, `36` → `C36`) or widened to the level that is known, never guessed by edit distance, which would
 * offer another province for a slip in one digit. Codes that are no longer given are not offered by title.
 */
export function nearestCode(name: TaxonomyName, wrong: string): string | undefined {
  const terms = (taxonomies.get(name)?.terms ?? []).filter((term) => term.to === undefined)
  const folded = wrong.trim().toLowerCase()
  if (folded === '') return undefined
  const meant = terms.find((term) => [term.code, term.zh, term.en].some((text) => text.toLowerCase() === folded))
  if (meant) return meant.code
  if (name === 'trl') return undefined
  if (enclosingCodes[name] === undefined)
    return nearest(wrong, termsByCode.get(name)?.keys() ?? []) ?? titled(terms, folded)
  const upper = folded.toUpperCase().replace(/^[A-Z](?=\d$)/, '$&0')
  const bare = terms.find((term) => /^\d{2}$/.test(upper) && name === 'industries' && term.code.endsWith(upper))
  return enclosingTerm(name, upper)?.code ?? bare?.code ?? titled(terms, folded)
}

/** Whether a reason code may be chosen at this place. */
export function isReasonFor(use: ReasonUse, code: string): boolean {
  return termOf('reason-codes', code)?.use?.includes(use) ?? false
}

/** The first term whose title contains at least two characters of the text in a row: 北仑 finds 北仑区. */
function titled(terms: readonly Term[], folded: string): string | undefined {
  if (folded.length < 2) return undefined
  return terms.find((term) => term.zh.includes(folded) || term.en.toLowerCase().includes(folded))?.code
}
