/** A number found in a folded text, with the place behind it. */
export type FoundNumber = { value: number; end: number; isChinese: boolean; isPercent?: '%' | '‰' | undefined }

const DIGITS = /(?:\d{1,3}(?:,\d{3}){1,4}(?!\d)|\d{1,15})(?:\.\d{1,12})?/y
const SCIENTIFIC =
  /\s?[×xX*]\s?10(?:\^\(?([+-]?\d{1,2})\)?|([+-]\d{1,2})|([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))|[eE]([+-]?\d{1,2})(?![\dA-Za-z])/y
const POWER_OF_TEN = /10(?:\^\(?([+-]?\d{1,2})\)?|([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))/y
const CHINESE =
  /[零〇一二两三四五六七八九十半][零〇一二两三四五六七八九十百千万亿]{0,11}(?:点[零〇一二三四五六七八九]{1,6})?/y
/** 三成 is 30 %; 三 before 成本 or 成型 is not. */
const TENTHS = /([一二两三四五六七八九])成(半?)(?=$|\P{Script=Han}|以[上下内]|左右)/uy
const SHARE = /([百千])分之/y

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** Unsigned; 1,200 and 1.5×10^-3, 10⁵, 三百二十, 百分之六十. */
export function numberAt(text: string, start: number): FoundNumber | undefined {
  return (
    powerOfTenAt(text, start) ??
    arabicAt(text, start) ??
    shareAt(text, start) ??
    tenthsAt(text, start) ??
    chineseAt(text, start)
  )
}

function arabicAt(text: string, start: number): FoundNumber | undefined {
  const match = matchAt(DIGITS, text, start)
  if (match === null) return undefined
  const end = start + match[0].length
  const plain = Number(match[0].replaceAll(',', ''))
  const power = matchAt(SCIENTIFIC, text, end)
  if (power === null) return { value: plain, end, isChinese: false }
  const exponent = exponentOf(power[1] ?? power[2] ?? power[4] ?? superscript(power[3] ?? ''))
  return { value: Number(`${plain}e${exponent}`), end: end + power[0].length, isChinese: false }
}

function powerOfTenAt(text: string, start: number): FoundNumber | undefined {
  const match = matchAt(POWER_OF_TEN, text, start)
  if (match === null) return undefined
  const exponent = exponentOf(match[1] ?? superscript(match[2] ?? ''))
  return { value: Number(`1e${exponent}`), end: start + match[0].length, isChinese: false }
}

function shareAt(text: string, start: number): FoundNumber | undefined {
  const match = matchAt(SHARE, text, start)
  if (match === null) return undefined
  const at = start + match[0].length
  const found = arabicAt(text, at) ?? chineseAt(text, at)
  return found && { ...found, isPercent: match[1] === '百' ? '%' : '‰' }
}

function tenthsAt(text: string, start: number): FoundNumber | undefined {
  const match = matchAt(TENTHS, text, start)
  if (match === null) return undefined
  const value = (ONES[match[1] ?? ''] ?? 0) * 10 + (match[2] === '' ? 0 : 5)
  return { value, end: start + match[0].length, isChinese: true, isPercent: '%' }
}

function chineseAt(text: string, start: number): FoundNumber | undefined {
  const match = matchAt(CHINESE, text, start)
  if (match === null) return undefined
  const value = chineseNumber(match[0])
  return value === undefined ? undefined : { value, end: start + match[0].length, isChinese: true }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function exponentOf(written: string): number {
  return Number(written.replace('+', ''))
}

function superscript(written: string): string {
  return [...written].map((sign) => (sign === '⁻' ? '-' : sign === '⁺' ? '' : SUPERSCRIPTS.indexOf(sign))).join('')
}

const ONES: Readonly<Record<string, number>> = {
  ...{ 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 },
}
const TENS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 }
const MYRIADS: Readonly<Record<string, number>> = { 万: 1e4, 亿: 1e8 }

/** 三千二百 = 3200, 十五 = 15, 三点五 = 3.5, 半 = 0.5; undefined for what is no number (半十). */
export function chineseNumber(written: string): number | undefined {
  if (written === '半') return 0.5
  const [whole = '', fraction] = written.split('点')
  const value = wholeNumber(whole)
  if (value === undefined || fraction === undefined) return value
  return Number(`${value}.${[...fraction].map((digit) => ONES[digit] ?? 0).join('')}`)
}

function wholeNumber(written: string): number | undefined {
  let total = 0
  let section = 0
  let digit: number | undefined
  for (const sign of written) {
    const tens = TENS[sign]
    const myriads = MYRIADS[sign]
    if (tens !== undefined) {
      section += (digit ?? 1) * tens
      digit = undefined
    } else if (myriads !== undefined) {
      total = (total + section + (digit ?? 0)) * myriads
      section = 0
      digit = undefined
    } else if (ONES[sign] === undefined || (digit !== undefined && digit !== 0)) {
      return undefined
    } else digit = ONES[sign]
  }
  return total + section + (digit ?? 0)
}
