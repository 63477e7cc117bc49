import { type Figure, figureAt, figureStarts } from './figures.ts'
import { foldForms } from './fold-forms.ts'
import type { Indicator, ReadIndicator } from './indicator.ts'
import { measureOf } from './measure.ts'
import { type FoundOperator, operatorAfter, operatorBefore } from './operators.ts'
import { propertyName, propertyNameAfter } from './property-name.ts'

/** A listing's description may have as many; what is longer was pasted from a file. */
const MAX_TEXT = 20_000
const MAX_INDICATORS = 50
/** A clause without any comma is a table or a hash; its figures beyond this are left. */
const MAX_CLAUSE = 400

/**
 * The quantified properties of a text in reading order. A figure counts when a property is named before it and it has a
 * known unit or an operator; dates, numbering, model names, conditions ("0.4 MPa 下") and figures of the
 * present state do not. Time grows with the length alone: 20,000 characters take 60 ms at most.
 */
export function readIndicators(text: string): ReadIndicator[] {
  const folded = foldForms(text.slice(0, MAX_TEXT))
  const found: ReadIndicator[] = []
  for (const { from, to } of clausesOf(folded)) {
    for (const indicator of readClause(folded.slice(from, to))) {
      const { start, end, ...rest } = indicator
      found.push({ ...rest, text: text.slice(from + start, from + end), start: from + start, end: from + end })
      if (found.length >= MAX_INDICATORS) return found
    }
  }
  return found
}

/** A comma or a full stop between digits belongs to a number. */
const CLAUSE_END = /[。；;，、！？!?\n\r\t]|[,.](?!\d)|(?<!\d)[,](?=\d)/g

function* clausesOf(text: string): Generator<{ from: number; to: number }> {
  let from = 0
  for (const { index } of text.matchAll(CLAUSE_END)) {
    if (index > from) yield { from, to: Math.min(index, from + MAX_CLAUSE) }
    from = index + 1
  }
  if (from < text.length) yield { from, to: Math.min(text.length, from + MAX_CLAUSE) }
}

type InClause = Omit<ReadIndicator, 'text'>

function readClause(written: string): InClause[] {
  const clause = withoutFormerValue(written)
  const found: InClause[] = []
  let done = 0
  for (const at of figureStarts(clause)) {
    if (at < done) continue
    const figure = figureAt(clause, at)
    if (figure === undefined) continue
    const indicator = readFigure(clause, done, figure)
    if (indicator) found.push(indicator)
    // The next name begins behind a figure, unless the figure was none (一种, a number of a list).
    if (indicator || figure.unit !== undefined) done = behind(clause, indicator?.end ?? figure.end)
  }
  return found
}

/** "由 18% 提高到 24%": only what is reached counts. Blanks of equal length, so that places stay. */
function withoutFormerValue(clause: string): string {
  return clause.replace(
    /[由从][^由从]{1,14}?(?=(?:提高|提升|增加|升高|上升|降低|降|减少|缩短|下降)[到至])/g,
    (former) => ' '.repeat(former.length),
  )
}

function readFigure(clause: string, done: number, figure: Figure): InClause | undefined {
  const left = clause.slice(done, figure.start)
  const per = /每(?:个)?(秒|分钟|小时|天|日|月|年|吨|米|件)$/.exec(left.trimEnd())
  const before = operatorBefore(per ? left.slice(0, per.index) : left)
  const after = operatorAfter(clause, figure.end)
  const end = after?.end ?? figure.end
  const isComparing = before.isComparing || after?.isBound === true
  const name: Named | undefined =
    propertyName(withoutPer(left.slice(0, before.start))) ?? nameBehind(clause, { before, end, isComparing })
  if (name === undefined || conditionLength(clause, end) > 0) return undefined
  const unit = perUnit(figure.unit, per?.[1] ?? /每(月|天|年)$/.exec(left.slice(0, before.start))?.[1])
  const indicator = { ...boundOf({ before, after: after?.operator, figure, name: name.name }), name: name.name, unit }
  const isBound = isComparing || before.isBound || figure.valueMax !== undefined
  const isCount = figure.isCount && unit === figure.unit
  if (!isWorth(indicator, { ...figure, isCount }, { isBound, isComparing, clause })) return undefined
  return { ...indicator, isBound, start: done + name.start, end: name.end ?? end }
}

type Ending = { before: FoundOperator; end: number; isComparing: boolean }
type Named = { name: string; start: number; end?: number }

function nameBehind(clause: string, { before, end, isComparing }: Ending): Named | undefined {
  const behind = isComparing ? propertyNameAfter(clause.slice(end, end + 20)) : undefined
  return behind && { name: behind.name, start: before.start, end: end + behind.end }
}

function withoutPer(left: string): string {
  return left.trimEnd().replace(/每(?:月|天|年)$/, '')
}

function perUnit(unit: string | undefined, per: string | undefined): string | undefined {
  if (per === undefined || unit === undefined) return unit
  return `${unit}/${per}`
}

/** 在 0.4 MPa 下, 25℃时, 300 h 后: the figure says under which conditions another holds. */
const CONDITION =
  /^\s?(?:[\p{Script=Han}]{0,4}条件|[\p{Script=Han}]{0,3}下(?![降限游滑料])|环境|工况|时(?![间延])|后(?![处续])|之后|以后)/u

function conditionLength(clause: string, at: number): number {
  return CONDITION.exec(clause.slice(at, at + 8))?.[0].length ?? 0
}

function behind(clause: string, at: number): number {
  return at + conditionLength(clause, at)
}

type Bounds = { before: FoundOperator; after: Indicator['operator'] | undefined; figure: Figure; name: string }

/** Better means smaller for whatever measures an error. */
const SMALLER_IS_BETTER = /精度|误差|偏差|分辨|粗糙|延|噪|损/

function boundOf({ before, after, figure, name }: Bounds): Pick<Indicator, 'operator' | 'value' | 'valueMax'> {
  const { value, valueMax } = figure
  if (valueMax !== undefined) return { operator: 'range', value, valueMax }
  if (before.operator === '±') return { operator: '<=', value }
  if (before.operator === 'better') return { operator: SMALLER_IS_BETTER.test(name) ? '<=' : '>=', value }
  const operator = before.operator === '=' ? (after ?? '=') : before.operator
  return { operator, value }
}

/** A present trouble however it is put ("目前成瘤率不足 60%", "时延常在 150 ms 以上"), where nothing is asked for. */
const TROUBLE = /目前|当前|现用|现状|常在|常达|常超|时常|经常|往往|容易/
const ASKED_FOR = /要求|希望|需|目标|提高|提升|降低|减少|缩短|达到|不低于|不超过|不大于|不小于/

/** The state that is to be improved, and what others reach: no claim of this text. */
const NOT_OURS = /目前|现有|现状|当前|原来|原有|以往|现用|常规|传统|普通|一般|国外|国内同类|同类/

type Manner = { isBound: boolean; isComparing: boolean; clause: string }

/** What needs no name of its own kind to be believed has a sign or a comparing word. */
function isWorth(
  indicator: Indicator,
  { isChinese, isCount }: Figure,
  { isBound, isComparing, clause }: Manner,
): boolean {
  const measure = measureOf(indicator)
  if (measure === undefined) return false
  if (TROUBLE.test(clause) && !ASKED_FOR.test(clause)) return false
  if (isComparing) return !(isChinese && isCount)
  const { name, unit } = indicator
  if (unit === undefined || isCount) return /^ph值?$/i.test(name)
  if (measure.quantity === 'money') return MONEY_NAME.test(name)
  if (measure.quantity === 'time' && !isBound) return TIME_NAME.test(name)
  return isBound || CHANGE_NAME.test(name) || !NOT_OURS.test(clause)
}

/** A bare sum or span belongs to the project rather than to the technology, unless the name says otherwise. */
const MONEY_NAME = /成本|价|造价/
const TIME_NAME = /时间|周期|寿命|期|时长|间隔|延|时效|保压|保温|耐/
const CHANGE_NAME = /提高|提升|降低|下降|减少|缩短|增加|减重|延长/
