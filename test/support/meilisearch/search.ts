import { type Row, readFilter } from './filter.ts'
import { cut, type Occurrence, occurrence, readQuery, type Term } from './words.ts'

export type IndexSettings = {
  searchableAttributes?: string[]
  filterableAttributes?: string[]
  sortableAttributes?: string[]
  displayedAttributes?: string[]
  rankingRules?: string[]
  faceting?: { maxValuesPerFacet?: number }
  pagination?: { maxTotalHits?: number }
}
export type MemoryIndex = { uid: string; createdAt: string; settings: IndexSettings; rows: Map<string, Indexed> }
export type Indexed = { row: Row; words: Map<string, string[]> }
type Params = Record<string, unknown>
type Matched = { indexed: Indexed; terms: number; typos: number; attribute: number; exact: number; score: number }

/** What the server answers with status 400. */
export class Refused extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export function indexed(row: Row, { searchableAttributes = Object.keys(row) }: IndexSettings): Indexed {
  const words = searchableAttributes.map((attribute): [string, string[]] => {
    const texts = [row[attribute]].flat().filter((value) => typeof value === 'string')
    // A gap between values, so that no phrase reaches over it.
    return [attribute, texts.flatMap((text) => [...cut(text).map(({ word }) => word), ''])]
  })
  return { row, words: new Map(words) }
}

export function search(index: MemoryIndex, params: Params): Record<string, unknown> {
  const { settings } = index
  const {
    q,
    offset = 0,
    limit = 20,
    facets,
    filter,
    sort = [],
  } = params as {
    q?: string
    offset?: number
    limit?: number
    facets?: string[]
    filter?: unknown
    sort?: string[]
  }
  const isAllowed = readFilter(filter, new Set(settings.filterableAttributes))
  assertKnown(
    'sort',
    sort.map((rule) => rule.replace(/:(asc|desc)$/, '')),
    settings.sortableAttributes,
  )
  assertKnown('facets', facets ?? [], settings.filterableAttributes)
  const terms = readQuery(q ?? '')
  const rows = [...index.rows.values()].filter(({ row }) => isAllowed(row))
  const found = matches(rows, terms, params)
  found.sort(comparison(settings.rankingRules ?? defaultRules, sort))
  const total = Math.min(found.length, settings.pagination?.maxTotalHits ?? 1_000)
  const hits = found.slice(0, total).slice(offset, offset + limit)
  return {
    ...{ hits: hits.map((hit) => present(hit, terms, { settings, params })), query: q ?? '', processingTimeMs: 1 },
    ...{ limit, offset, estimatedTotalHits: total },
    ...(facets && { facetDistribution: distribution(found, facets, settings) }),
  }
}

function matches(rows: readonly Indexed[], terms: readonly Term[], params: Params): Matched[] {
  const wanted = terms.filter(({ isNegative }) => !isNegative)
  const refused = terms.filter(({ isNegative }) => isNegative)
  const allowed = rows.filter(({ words }) => !refused.some((term) => best(words, term)))
  const scored = allowed.flatMap((each) => {
    const found = matchOf(each, wanted, String(params.matchingStrategy ?? 'last'))
    return found ? [found] : []
  })
  const { rankingScoreThreshold = 0 } = params as { rankingScoreThreshold?: number }
  return scored.filter(({ score }) => score >= rankingScoreThreshold)
}

/** Phrases are never dropped; `last` drops words from the end and keeps the first. */
function matchOf(each: Indexed, wanted: readonly Term[], strategy: string): Matched | undefined {
  const places = wanted.map((term) => best(each.words, term))
  const count = places.indexOf(undefined)
  const terms = count < 0 ? wanted.length : count
  const isEnough = terms === wanted.length || (strategy === 'last' && terms > 0)
  if (!isEnough || wanted.some((term, at) => term.isPhrase && places[at] === undefined)) return undefined
  const kept = places.slice(0, terms).flatMap((place) => place ?? [])
  const typos = kept.reduce((sum, place) => sum + place.typos, 0)
  const attribute = Math.min(99, ...kept.map((place) => place.attribute))
  const exact = kept.filter((place) => !place.isPrefix).length
  const share = wanted.length === 0 ? 1 : terms / wanted.length
  const score = share * (1 - Math.min(typos, 4) * 0.1) * (wanted.length === 0 ? 1 : 1 - Math.min(attribute, 20) * 0.03)
  return { indexed: each, terms, typos, attribute, exact, score }
}

function best(words: Map<string, string[]>, term: Term): (Occurrence & { attribute: number }) | undefined {
  const places = [...words.values()].flatMap((list, attribute) => {
    const place = occurrence(term, list)
    return place ? [{ ...place, attribute }] : []
  })
  return places.sort((a, b) => a.typos - b.typos || a.attribute - b.attribute)[0]
}

const defaultRules = ['words', 'typo', 'proximity', 'attribute', 'sort', 'exactness']

function comparison(rules: readonly string[], sort: readonly string[]) {
  const expanded = rules.flatMap((rule) => (rule === 'sort' ? sort : [rule]))
  const keys = expanded.map((rule): ((match: Matched) => number | string) => {
    if (rule === 'words') return ({ terms }) => -terms
    if (rule === 'typo') return ({ typos }) => typos
    if (rule === 'attribute') return ({ attribute }) => attribute
    if (rule === 'exactness') return ({ exact }) => -exact
    const [attribute = '', order] = rule.split(':')
    if (order === undefined) return () => 0
    return ({ indexed }) => {
      const value = indexed.row[attribute]
      return typeof value === 'number' ? (order === 'desc' ? -value : value) : Number.MAX_VALUE
    }
  })
  return (a: Matched, b: Matched): number => {
    for (const key of keys) {
      const [x, y] = [key(a), key(b)]
      if (x !== y) return x < y ? -1 : 1
    }
    return 0
  }
}

function present(
  hit: Matched,
  terms: readonly Term[],
  { settings, params }: { settings: IndexSettings; params: Params },
) {
  const wanted = (params.attributesToRetrieve as string[] | undefined) ?? Object.keys(hit.indexed.row)
  const allowed = settings.displayedAttributes ?? wanted
  const names = wanted.filter((name) => allowed.includes(name) && name in hit.indexed.row)
  const row = Object.fromEntries(names.map((name) => [name, hit.indexed.row[name]]))
  const marked = (params.attributesToHighlight as string[] | undefined) ?? []
  const tags = { start: String(params.highlightPreTag ?? '<em>'), end: String(params.highlightPostTag ?? '</em>') }
  const formatted = Object.entries(row).map(([name, value]) => [
    name,
    typeof value === 'string' && marked.includes(name) ? mark(value, terms, tags) : value,
  ])
  return {
    ...row,
    ...(marked.length > 0 && { _formatted: Object.fromEntries(formatted) }),
    ...(params.showRankingScore === true && { _rankingScore: hit.score }),
  }
}

function mark(text: string, terms: readonly Term[], { start, end }: { start: string; end: string }): string {
  const positive = terms.filter(({ isNegative }) => !isNegative)
  let marked = ''
  let written = 0
  for (const place of cut(text)) {
    const hit = positive.find((term) => term.words.some((word) => occurrence({ ...term, words: [word] }, [place.word])))
    if (hit === undefined) continue
    const isPart = hit.isPrefix && place.word !== hit.words[0] && place.word.startsWith(hit.words[0] ?? '')
    const until = isPart ? place.start + (hit.words[0]?.length ?? 0) : place.end
    marked += `${text.slice(written, place.start)}${start}${text.slice(place.start, until)}${end}`
    written = until
  }
  return marked + text.slice(written)
}

function distribution(found: readonly Matched[], facets: readonly string[], settings: IndexSettings) {
  const most = settings.faceting?.maxValuesPerFacet ?? 100
  return Object.fromEntries(
    facets.map((facet) => {
      const counts = countsOf(
        found.map(({ indexed }) => indexed.row),
        facet,
      )
      return [facet, Object.fromEntries([...counts].sort((a, b) => b[1] - a[1]).slice(0, most))]
    }),
  )
}

export function countsOf(rows: readonly Row[], facet: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const values = new Set([row[facet]].flat().filter((value) => value !== null && value !== undefined))
    for (const value of values) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1)
  }
  return counts
}

function assertKnown(where: 'sort' | 'facets', names: readonly string[], known: readonly string[] = []): void {
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined) throw new Refused(`invalid_search_${where}`, `Attribute \`${unknown}\` is not allowed.`)
}
