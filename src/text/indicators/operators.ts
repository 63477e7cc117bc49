import type { Operator } from './indicator.ts'

export type FoundOperator = {
  operator: Operator | '±' | 'better'
  start: number
  /** A word of setting (达到) or comparing (不低于) stands there. */
  isBound: boolean
  isComparing: boolean
}

/** What may stand right before a number, longest first where one holds another. */
const BEFORE: readonly (readonly [string, FoundOperator['operator']])[] = [
  ...[
    '大于或等于',
    '大于等于',
    '不低于',
    '不少于',
    '不小于',
    '不短于',
    '不得低于',
    '不得少于',
    '不应低于',
    '不应小于',
  ].map((word) => [word, '>='] as const),
  ...[
    '小于或等于',
    '小于等于',
    '不高于',
    '不超过',
    '不大于',
    '不多于',
    '不长于',
    '不得超过',
    '不得高于',
    '不应超过',
    '不超出',
  ].map((word) => [word, '<='] as const),
  ...['不迟于', '不晚于', '至多', '最多', '最大不超过', '上限为'].map((word) => [word, '<='] as const),
  ...['至少', '最少', '最低为', '下限为'].map((word) => [word, '>='] as const),
  ...['大于', '高于', '多于', '超过', '超出', '长于', '突破'].map((word) => [word, '>'] as const),
  ...['小于', '低于', '少于', '短于', '不足', '不到'].map((word) => [word, '<'] as const),
  ...['优于', '好于'].map((word) => [word, 'better'] as const),
  ...([
    ['>=', '>='],
    ['=>', '>='],
    ['≥', '>='],
    ['<=', '<='],
    ['=<', '<='],
    ['≤', '<='],
    ['>', '>'],
    ['<', '<'],
    ['±', '±'],
    ['+/-', '±'],
    ['=', '='],
  ] as const),
]

/** Words that set a figure without bounding it on one side: 良率达到 98 %, 效率提高到 95 %. */
const SETTING =
  /(?:高达|低至|作为|提高到|提升到|提升至|提高至|增加到|降低到|降低至|降到|降至|缩短到|缩短至|减少到|减少至|控制在|保持在|维持在|稳定在|可达到|达到|可达|达|为|是|至|到|:)$/
const APPROXIMATE =
  /(?:AC|DC|[ΦφØ∅]|大约|大概|约为|约|近|接近|将近|左右|最高|最低|最大|最小|必须|需要|应当|了|出|就|也|仅|只|在|需|要|须|应|有)$/

/** The operator that ends a text, with the words around it; `start` is where it begins. */
export function operatorBefore(left: string): FoundOperator {
  const found = { operator: '=' as FoundOperator['operator'], start: left.length, isBound: false, isComparing: false }
  for (let steps = 0; steps < 6; steps++) {
    const rest = left.slice(0, found.start).trimEnd()
    const entry = BEFORE.find(([word]) => rest.endsWith(word))
    const word = entry?.[0] ?? SETTING.exec(rest)?.[0] ?? APPROXIMATE.exec(rest)?.[0]
    if (word === undefined || rest.length - word.length < 0) break
    if (entry && (found.operator === '=' || found.operator === '±')) found.operator = entry[1]
    found.isComparing ||= entry !== undefined
    found.isBound ||= entry !== undefined || SETTING.test(rest)
    found.start = rest.length - word.length
  }
  return found
}

const AFTER = /\s?(?:(?:及|或|\(含\)|含)?\s?(以上|之上|以下|之下|以内|之内|内|左右|上下))(?![部涵径衬嵌饰])/y

/** 600℃以上, 30天内, 5 mm 左右: the operator behind a unit and the place behind it. */
export function operatorAfter(
  text: string,
  at: number,
): { operator: Operator; end: number; isBound: boolean } | undefined {
  AFTER.lastIndex = at
  const match = AFTER.exec(text)
  if (match === null) return undefined
  const end = at + match[0].length
  if (match[1] === '以上' || match[1] === '之上') return { operator: '>=', end, isBound: true }
  if (match[1] === '左右' || match[1] === '上下') return { operator: '=', end, isBound: false }
  return { operator: '<=', end, isBound: true }
}
