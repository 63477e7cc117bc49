import { KEYS, OPPOSITES, WORDINGS } from './wordings.ts'

export type Better = 'high' | 'low'

/** What an indicator is about, freed of its wording. */
export type IndicatorName = {
  /** Spellings of one property share it: 工作温度, 使用温度 and 耐温. */
  key: string
  /** Code units of the key, each once and ascending, so that two names compare in one pass. */
  characters: Uint16Array
  /** "效率提高 30%" is a change, "效率 30%" a state; the two never compare. */
  change?: 'up' | 'down' | undefined
  /** Which side is the better one, where the name tells: an error should be low, strength high. */
  better?: Better | undefined
  /** Its range is what is mastered (工作温度 −40–85 ℃), not where a single value lies (壁厚 3–5 mm). */
  isCapability: boolean
  /** One bit mask a group of opposites, telling which of its words the name has. */
  opposites: readonly number[]
}

const UP = /提高|提升|增加|增长|增大|上升|延长|改善|增强|加快/g
const DOWN = /降低|下降|减少|减小|缩短|缩小|减轻|削减|降幅|减幅|节约|节省/g
/** Words around a property that do not change which one it is. */
const FILLERS = /比例|幅度|指标|要求|目标|数值|参数|平均|整体|总体|综合|可达|单位|本体/g

const LOW =
  /误差|偏差|粗糙|泄漏|泄露|漏率|破损|损耗|能耗|电耗|耗电|损失|延迟|延时|时延|响应时间|噪|成本|价格|故障|误报|漏检|残留|温差|温升|周期|耗时|杂质|孔隙率|气孔率|含水|收缩|变形|磨损|电阻|内阻|突释|排放|失效率|不良率/
const HIGH =
  /强度|寿命|效率|良率|良品|合格率|成品率|识别|准确|检出|去除|脱除|转化|选择性|收率|得率|纯度|产能|产量|吞吐|能量密度|比容量|保持率|灵敏|耐|硬度|韧性|导热|覆盖|成功率|一致率|载药量|回收率|次数|可靠|距离/

const CAPABILITY = /耐温|范围|量程|适用|温区|适配/

/** The quantity decides where a name does not: a precision of 0.01 mm should be small, one of 98 % large. */
export function indicatorName(name: string, quantity: string): IndicatorName {
  const written = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/减重|轻量化/g, '重量降低')
  const change = changeOf(written)
  const bare = written.replace(UP, '').replace(DOWN, '').replace(FILLERS, '')
  const key = canonical(bare === '' ? written : bare)
  return {
    key,
    characters: Uint16Array.from(new Set([...key].map((character) => character.charCodeAt(0)))).sort(),
    change,
    better: change === undefined ? betterOf(written, quantity) : 'high',
    isCapability: CAPABILITY.test(key),
    opposites: OPPOSITES.map((group) =>
      group.reduce((mask, word, i) => (key.includes(word) ? mask | (1 << i) : mask), 0),
    ),
  }
}

/** 1 for the same property, the cosine of the characters otherwise, 0 for what must not be compared. */
export function nameSimilarity(a: IndicatorName, b: IndicatorName): number {
  if (a.change !== b.change || haveOpposedAims(a, b)) return 0
  if (a.key === b.key) return 1
  const shared = sharedCharacters(a.characters, b.characters)
  if (shared < 2 || areOpposite(a.opposites, b.opposites)) return 0
  const cosine = shared / Math.sqrt(a.characters.length * b.characters.length)
  return isHeadOf(a.key, b.key) ? Math.max(cosine, HEAD_SIMILARITY) : cosine
}

function sharedCharacters(a: Uint16Array, b: Uint16Array): number {
  let shared = 0
  let j = 0
  for (let i = 0; i < a.length && j < b.length; i++) {
    const character = a[i] ?? 0
    while (j < b.length && (b[j] ?? 0) < character) j++
    if (b[j] === character) shared++
  }
  return shared
}

/** "海区网箱试验越冬成活率" is about 成活率, however much stands before it. */
const HEAD_SIMILARITY = 0.7
const MIN_HEAD = 3

function isHeadOf(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  return (short.length >= MIN_HEAD || KEYS.has(short)) && long.endsWith(short)
}

function changeOf(name: string): 'up' | 'down' | undefined {
  if (name.search(DOWN) >= 0) return 'down'
  return name.search(UP) >= 0 ? 'up' : undefined
}

function canonical(name: string): string {
  const found = WORDINGS.find(({ wording }) => name.includes(wording))
  return found ? name.replace(found.wording, found.key) : name
}

function betterOf(name: string, quantity: string): Better | undefined {
  if (LOW.test(name)) return 'low'
  if (name.includes('精度')) return quantity === 'ratio' ? 'high' : 'low'
  return HIGH.test(name) ? 'high' : undefined
}

/** 识别精度 98 % and 识别误差 2 % are one property, told from its two ends. */
function haveOpposedAims(a: IndicatorName, b: IndicatorName): boolean {
  return a.better !== undefined && b.better !== undefined && a.better !== b.better
}

function areOpposite(a: readonly number[], b: readonly number[]): boolean {
  return a.some((ours, group) => {
    const theirs = b[group] ?? 0
    return ours !== 0 && theirs !== 0 && (ours & theirs) === 0
  })
}
