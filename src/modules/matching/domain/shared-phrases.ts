import { idfOf } from './idf.ts'
import type { Prepared } from './prepare.ts'
import type { SharedTerm } from './sparse.ts'

/** True of every listing; a broker who reads them as reasons learns nothing. They still count in the cosine. */
const GENERIC = new Set(
  '技术 方法 系统 装置 设备 装备 工艺 研究 应用 开发 产品 项目 公司 企业 生产 材料 控制 制备 设计'.split(' '),
)

/**
 * The longest stretches of the supply's title that the demand's text has too, of two characters or one
 * Latin word and more, by the sum of their idf: "磷酸铁锂" rather than its four characters, which is what
 * a broker wants to read.
 */
export function sharedPhrases(demand: Prepared, supply: Prepared): SharedTerm[] {
  const grams = new Set(demand.contentGrams?.terms ?? demand.titleGrams?.terms ?? [])
  const found = new Map<string, number>()
  for (const run of supply.titleRuns) {
    for (const units of stretchesOf(run, grams)) {
      if (!isPhrase(units) || GENERIC.has(units.join(''))) continue
      const weight = units.reduce((sum, unit) => sum + idfOf(supply.textModel.idf, unit), 0)
      found.set(spell(units), weight)
    }
  }
  return [...found]
    .map(([term, weight]) => ({ term, weight }))
    .sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1))
}

/** Cuts a run wherever two neighbours are not neighbours in the other text as well. */
function stretchesOf(run: readonly string[], grams: ReadonlySet<string>): string[][] {
  const stretches: string[][] = []
  let previous: string | undefined
  for (const unit of run) {
    const last = stretches.at(-1)
    if (previous !== undefined && last && grams.has(`${previous} ${unit}`)) last.push(unit)
    else if (grams.has(unit)) stretches.push([unit])
    previous = unit
  }
  return stretches
}

function isPhrase(units: readonly string[]): boolean {
  return units.length > 1 || /[a-z]{2}/.test(units[0] ?? '')
}

/** Latin words of a phrase keep their blank, Chinese characters need none. */
function spell(units: readonly string[]): string {
  return units.join(' ').replace(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, '')
}
