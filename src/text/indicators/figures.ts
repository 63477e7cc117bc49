import { numberAt } from './numbers.ts'
import { unitAt } from './units.ts'

/** A number or a range of numbers with its unit, before anybody knows what it is about. */
export type Figure = {
  start: number
  end: number
  value: number
  valueMax?: number | undefined
  unit?: string | undefined
  isChinese: boolean
  /** Counted things (台, 次) are mostly no property; they need an operator to be one. */
  isCount: boolean
}

const START = /[+-]?\d|[百千]分之|[零〇一二两三四五六七八九十半]/g

/** Places where a number may begin, in order. */
export function* figureStarts(clause: string): Generator<number> {
  for (const { index } of clause.matchAll(START)) yield index
}

/** The figure at a place, unless it is part of a name (PM2.5, IP65), a date or a mere digit of something longer. */
export function figureAt(clause: string, at: number): Figure | undefined {
  const start = signStart(clause, at)
  if (isInsideName(clause, start) || clause.startsWith('零下', at)) return undefined
  const first = numberAt(clause, /[+-]/.test(clause[at] ?? '') ? at + 1 : at)
  if (first === undefined) return undefined
  const firstUnit = unitSpan(clause, first.end, first.isPercent)
  const second = secondOf(clause, firstUnit.end)
  const end = second?.end ?? firstUnit.end
  const behind = firstUnit.unit ?? second?.unit
  const before = behind === undefined ? unitBefore(clause, start) : undefined
  const unit = behind ?? before
  const next = clause.slice(end, end + 1)
  if ((unit === undefined && GOES_ON.test(next)) || isDate(first.value, unit, next)) return undefined
  const ends = endsOf(signOf(clause, { start, at, unit }) * first.value, second)
  if (ends === undefined) return undefined
  const from = start - (before?.length ?? 0)
  return { start: from, end, ...ends, unit, isChinese: first.isChinese, isCount: isCounted(unit) }
}

function isInsideName(clause: string, start: number): boolean {
  return /[\dA-Za-z_#.]/.test(clause[start - 1] ?? '') && !endsWithShortName(clause.slice(0, start))
}

/** Hardness is written the other way round: HRC58-62. */
function unitBefore(clause: string, start: number): string | undefined {
  return /(?:HRC|HV|HBW|HB)$/.exec(clause.slice(Math.max(0, start - 3), start))?.[0]
}

/** Undefined for what is no figure: an infinite number, or a second one below the first. */
function endsOf(low: number, second: Second | undefined): Pick<Figure, 'value' | 'valueMax'> | undefined {
  if (!Number.isFinite(low)) return undefined
  if (second === undefined) return { value: low }
  const { value: high, isTolerance } = second
  if (isTolerance) return { value: low - high, valueMax: low + high }
  return high > low ? { value: low, valueMax: high } : undefined
}

/** A letter behind a number is a unit that we do not know, or a name (3D): either way no plain number. */
const GOES_ON = /(?![以之左及或和与且])[\p{Script=Han}A-Za-z×^′″°]/u

/** "Ra0.8" and "pH7": names that are written without a blank. */
function endsWithShortName(left: string): boolean {
  return /(?:^|[^A-Za-z])(?:Ra|Rz|pH|PH|AC|DC|HRC|HV|HBW?)$/.test(left)
}

/** 零下 20 ℃ begins at 零下. */
function signStart(clause: string, at: number): number {
  return clause.slice(Math.max(0, at - 2), at) === '零下' ? at - 2 : at
}

/** A hyphen is a minus only of what can be below zero and where nothing stands before it to be joined. */
function signOf(clause: string, { start, at, unit }: { start: number; at: number; unit: string | undefined }): 1 | -1 {
  if (start < at) return -1
  if (clause[at] !== '-') return 1
  return unit !== undefined && /^(?:℃|°C|K|度|dB|dBm|V|mV|kV|kPa|Pa|MPa|%|‰)/.test(unit) ? -1 : 1
}

type Second = { value: number; end: number; unit: string | undefined; isTolerance: boolean }

const JOIN = /\s?(~|—{1,2}|-{1,3}|至|到|±)\s?/y

function secondOf(clause: string, at: number): Second | undefined {
  JOIN.lastIndex = at
  const match = JOIN.exec(clause)
  if (match === null) return undefined
  const from = at + match[0].length
  const sign = /^(?:零下|[+-])/.exec(clause.slice(from, from + 2))?.[0] ?? ''
  const isNegative = sign === '-' || sign === '零下'
  const found = numberAt(clause, from + sign.length)
  if (found === undefined) return undefined
  const { unit, end } = unitSpan(clause, found.end, found.isPercent)
  return { value: isNegative ? -found.value : found.value, end, unit, isTolerance: match[1] === '±' }
}

function unitSpan(clause: string, at: number, share?: '%' | '‰'): { unit: string | undefined; end: number } {
  if (share !== undefined) return { unit: share, end: at }
  const from = clause[at] === ' ' ? at + 1 : at
  const found = unitAt(clause, from)
  return found ? { unit: clause.slice(from, found.end), end: found.end } : { unit: undefined, end: at }
}

/** 2026 年, 6 个月 is a time, 6 月 is not; a unit that goes on as a word (5 天然气) is not looked into. */
function isDate(value: number, unit: string | undefined, next: string): boolean {
  if (unit === '年') return (value >= 1900 && value <= 2100) || /[第度份]/.test(next)
  return false
}

const COUNTED =
  /^[百千万亿]*(?:次|个|件|台|套|只|条|根|片|块|页|份|例|株|种|项|人|人次|辆|头|羽|尾|颗|粒|批|轮|张|路|层|孔|户|家|车次|点|通道|转|倍?)$/

function isCounted(unit: string | undefined): boolean {
  return unit !== undefined && unit !== '倍' && COUNTED.test(unit)
}
