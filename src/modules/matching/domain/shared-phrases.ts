import { perKey } from '../../../kernel/per-key.ts'
import { idfOf } from './idf.ts'
import type { Prepared } from './prepare.ts'
import type { SharedTerm } from './sparse.ts'

/** True of every listing; a broker who reads them as reasons learns nothing. They still count in the cosine. */
const GENERIC = new Set(
  '技术 方法 系统 装置 设备 装备 工艺 研究 应用 开发 产品 项目 公司 企业 生产 材料 控制 制备 设计 一体 一体化 新型 高效 性能 需求 提升 提高'.split(
    ' ',
  ),
)

/** A longer word is no word; looking for one costs a step a unit. */
const MAX_WORD_UNITS = 8

/**
 * Stretches of the supply's title made of whole words that the demand's text has too, neighbours joined where they are
 * neighbours there as well: "磷酸铁锂正极" rather than four characters or "化压铸件". By the sum of their idf. Facts that came
 * without their words show none.
 */
export function sharedPhrases(demand: Prepared, supply: Prepared): readonly SharedTerm[] {
  // Two features ask for the same pair one after the other.
  if (last?.demand === demand && last.supply === supply) return last.phrases
  const phrases = findPhrases(demand, supply)
  last = { demand, supply, phrases }
  return phrases
}

let last: { demand: Prepared; supply: Prepared; phrases: readonly SharedTerm[] } | undefined

function findPhrases(demand: Prepared, supply: Prepared): SharedTerm[] {
  const shared = wordsOfBoth(demand, supply)
  if (shared.size === 0) return []
  const grams = gramsOf(demand)
  const found = new Map<string, number>()
  for (const run of supply.titleRuns) {
    for (const units of joined(wordsIn(run, shared), grams)) {
      const phrase = spell(units)
      if (GENERIC.has(phrase)) continue
      found.set(
        phrase,
        units.reduce((sum, unit) => sum + idfOf(supply.textModel.idf, unit), 0),
      )
    }
  }
  return [...found]
    .map(([term, weight]) => ({ term, weight }))
    .sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1))
}

function wordsOfBoth(demand: Prepared, supply: Prepared): Set<string> {
  const wanted = tellingOf(demand.facts.words ?? noWords)
  const found = new Set<string>()
  for (const word of supply.facts.words ?? noWords) if (wanted.has(word)) found.add(word)
  return found
}

const noWords: readonly string[] = []

function gramsOf({ contentGrams, titleGrams }: Prepared): ReadonlySet<string> {
  return setOf(contentGrams?.terms ?? titleGrams?.terms ?? [])
}

/** A demand is explained against 50 supplies in a row, so its sets are made once: 0.1 ms each for a long text. */
const setOf = perKey((items: readonly string[]): ReadonlySet<string> => new Set(items))
const tellingOf = perKey((words: readonly string[]): ReadonlySet<string> => new Set(words.filter(isTelling)))

/** Two characters or a Latin word; a number alone says nothing. */
function isTelling(word: string): boolean {
  return /\p{Script=Han}{2}|[a-z]{2}/u.test(word)
}

/** The words in order, the longest first at every place; one that lies within another is passed over. */
function wordsIn(run: readonly string[], words: ReadonlySet<string>): { from: number; units: string[] }[] {
  const found: { from: number; units: string[] }[] = []
  for (let from = 0; from < run.length; ) {
    const length = beginsOne(run[from] ?? '', words) ? longestAt(run, from, words) : 0
    if (length > 0) found.push({ from, units: run.slice(from, from + length) })
    from += Math.max(1, length)
  }
  return found
}

/** At most places of a title none of the few shared words begins, and there no text has to be put together. */
function beginsOne(unit: string, words: ReadonlySet<string>): boolean {
  for (const word of words) if (word.startsWith(unit)) return true
  return false
}

function longestAt(run: readonly string[], from: number, words: ReadonlySet<string>): number {
  let text = ''
  let longest = 0
  for (let length = 1; length <= MAX_WORD_UNITS && from + length <= run.length; length++) {
    text += run[from + length - 1] ?? ''
    if (words.has(text)) longest = length
  }
  return longest
}

/** Words side by side in both texts become one phrase. */
function joined(words: readonly { from: number; units: string[] }[], grams: ReadonlySet<string>): string[][] {
  const phrases: { end: number; units: string[] }[] = []
  for (const { from, units } of words) {
    const last = phrases.at(-1)
    if (last?.end === from && grams.has(`${last.units.at(-1)} ${units[0]}`)) last.units.push(...units)
    else phrases.push({ end: from, units: [...units] })
    const open = phrases.at(-1)
    if (open) open.end = from + units.length
  }
  return phrases.map(({ units }) => units)
}

/** Latin words of a phrase keep their blank, Chinese characters need none. */
function spell(units: readonly string[]): string {
  return units.join(' ').replace(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, '')
}
