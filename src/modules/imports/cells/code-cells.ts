import { nearest } from '../../../kernel/nearest.ts'
import { isKnownCode, nearestCode, type TaxonomyName, taxonomies, termOf } from '../../taxonomy/index.ts'
import { splitList } from '../domain/plain-values.ts'
import { type Reading, read, refuse } from '../domain/reading.ts'
import type { Cell } from './cell.ts'

/** A code of a reference set, by its code or its exact name in either language. Anything else is refused with the nearest. */
export function codeCell(taxonomy: TaxonomyName): Cell {
  return {
    read: (text) => readCode(taxonomy, text),
    write: (code) => nameOf(taxonomy, String(code)),
    hint: hintOf(taxonomy),
  }
}

export function codeListCell(taxonomy: TaxonomyName): Cell {
  return {
    read(text) {
      const codes: string[] = []
      const shown: string[] = []
      for (const item of splitList(text, 'words')) {
        const code = readCode(taxonomy, item)
        if (!code.ok) return code
        codes.push(code.value)
        if (code.shown !== undefined) shown.push(code.shown)
      }
      return read([...new Set(codes)], shown.length === 0 ? undefined : shown.join('；'))
    },
    write: (codes) => (codes as string[]).map((code) => nameOf(taxonomy, code)).join('；'),
    hint: `${hintOf(taxonomy)}；多项用；分隔`,
  }
}

function readCode(taxonomy: TaxonomyName, text: string): Reading<string> {
  const wanted = text.trim()
  if (isKnownCode(taxonomy, wanted)) return read(wanted)
  const code = codeNamed(taxonomy, wanted)
  if (code !== undefined) return read(code, code)
  // Counties and fine industries are not all shipped; the schema of the listing knows which codes it takes.
  if (/^[A-Z]?\d{2,6}$/.test(wanted)) return read(wanted)
  const guess = nearestCode(taxonomy, wanted) ?? nearestNamed(taxonomy, wanted)
  const hint = guess === undefined ? '' : `; did you mean "${termOf(taxonomy, guess)?.zh ?? guess}"?`
  return refuse('unknown_code', `"${wanted}" is neither a code nor a name of ${taxonomy}${hint}`)
}

/** A name that several codes share (市辖区) names none of them. */
const names = new Map<TaxonomyName, ReadonlyMap<string, string | undefined>>()

function codeNamed(taxonomy: TaxonomyName, name: string): string | undefined {
  const known = names.get(taxonomy) ?? namesOf(taxonomy)
  names.set(taxonomy, known)
  return known.get(name.toLowerCase())
}

function nearestNamed(taxonomy: TaxonomyName, wanted: string): string | undefined {
  const name = nearest(wanted, namesOf(taxonomy).keys())
  return name === undefined ? undefined : codeNamed(taxonomy, name)
}

function namesOf(taxonomy: TaxonomyName): Map<string, string | undefined> {
  const found = new Map<string, string | undefined>()
  for (const { code, zh, en, to } of taxonomies.get(taxonomy)?.terms ?? []) {
    if (to !== undefined) continue
    for (const name of new Set([zh.toLowerCase(), en.toLowerCase()]))
      found.set(name, found.has(name) ? undefined : code)
  }
  return found
}

/** The name, when it leads back to this code and to no list of two; else the code. */
function nameOf(taxonomy: TaxonomyName, code: string): string {
  const name = termOf(taxonomy, code)?.zh
  if (name === undefined || splitList(name, 'words').length !== 1) return code
  return codeNamed(taxonomy, name) === code ? name : code
}

function hintOf(taxonomy: TaxonomyName): string {
  const shown = (taxonomies.get(taxonomy)?.terms ?? []).filter(({ to }) => to === undefined).map(({ zh }) => zh)
  return shown.length <= 12 ? shown.join('、') : `代码或名称，见 /v1/taxonomies/${taxonomy}`
}
