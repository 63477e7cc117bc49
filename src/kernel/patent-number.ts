import { z } from 'zod'
import { normaliseCode } from './half-width.ts'

export type PatentType = 'invention' | 'utility_model' | 'design'
export type PatentNumberRefusal = 'form' | 'year' | 'type' | 'check_digit_missing' | 'check_digit'

export type PatentApplicationNumber = {
  kind: 'application'
  /** `old`: two-digit year and five-digit serial, until 2003-09-30; `new`: four and seven digits since. */
  form: 'old' | 'new'
  patentType: PatentType
  /** Entered the national phase from a PCT application (kinds 8 and 9). */
  isPctNational: boolean
  /** Year of filing. */
  year: number
  serial: string
  /** Written with ZL, the mark of a granted patent. A claim of the writer, not a fact of the register. */
  hasGrantMark: boolean
  /** `201710601862.3`, without prefix. */
  normalised: string
}
export type PatentPublicationNumber = {
  kind: 'publication'
  patentType: PatentType
  /** A and B invention, C invention before 2010, U and Y utility model, S design. */
  kindCode: string
  serial: string
  /** `CN109034985A` */
  normalised: string
}
export type PctNumber = {
  kind: 'pct'
  receivingOffice: string
  year: number
  serial: string
  /** `PCT/CN2017/012345` */
  normalised: string
}
export type PatentNumber = PatentApplicationNumber | PatentPublicationNumber | PctNumber
export type PatentNumberParse = ({ ok: true } & PatentNumber) | { ok: false; reason: PatentNumberRefusal }

/** Fourth (old) or fifth (new) digit of an application number: ZC 0006-2003. */
const typeOfDigit: Record<string, PatentType> = {
  1: 'invention',
  2: 'utility_model',
  3: 'design',
  8: 'invention',
  9: 'utility_model',
}
/** Kind codes of published documents: ZC 0008-2012, with C and Y of the years before 2010. */
const typeOfKindCode: Record<string, PatentType> = {
  A: 'invention',
  B: 'invention',
  C: 'invention',
  U: 'utility_model',
  Y: 'utility_model',
  S: 'design',
}
const digitOfType: Record<PatentType, string> = { invention: '1', utility_model: '2', design: '3' }

/**
 * Reads the number of a Chinese patent. Application numbers by ZC 0006-2003 with or without CN, ZL or the dot before the
 * check digit; publication numbers (`CN109034985A`) and PCT numbers (`PCT/CN2017/012345`) are different things and told
 * apart by `kind`.
 */
export function parsePatentNumber(text: string): PatentNumberParse {
  const code = normaliseCode(text)
  if (code.startsWith('PCT')) return parsePct(code)
  const publication = /^CN(\d{9}|\d{7})([ABCUYS])$/.exec(code)
  if (publication) return parsePublication(publication)
  return parseApplication(code)
}

/**
 * Appends the check digit to the body of an application number (8 digits in the old form, 12 in the new one):
 * `201710601862` becomes `201710601862.3`. To construct numbers for demonstrations and tests.
 */
export function completePatentNumber(body: string): string {
  const digits = normaliseCode(body)
  if (!/^(\d{8}|\d{12})$/.test(digits)) throw new RangeError(`"${body}" is not 8 or 12 digits`)
  return `${digits}.${checkDigit(digits)}`
}

/** A string that holds a patent number of any kind; yields the normalised spelling. */
export const patentNumberSchema = z
  .string()
  .overwrite((text) => {
    const parsed = parsePatentNumber(text)
    return parsed.ok ? parsed.normalised : text
  })
  .superRefine((text, context) => {
    const parsed = parsePatentNumber(text)
    if (!parsed.ok) context.addIssue({ code: 'custom', message: refusalTexts[parsed.reason] })
  })
  .meta({ description: 'Chinese application or publication number, or PCT number.', examples: ['201710601862.3'] })

const refusalTexts: Record<PatentNumberRefusal, string> = {
  form: 'patent number: must be an application number 201710601862.3 (ZC 0006-2003), CN109034985A or PCT/CN2017/012345',
  year: 'patent number (ZC 0006-2003): two-digit years run from 85 to 03, four-digit years start with 2003',
  type: 'patent number (ZC 0006-2003): the type digit must be 1 or 8 invention, 2 or 9 utility model, 3 design',
  check_digit_missing: 'patent number (ZC 0006-2003): the check digit is missing; only numbers of 1985–1988 have none',
  check_digit: 'patent number (ZC 0006-2003): the check digit is wrong',
}

function parsePct(code: string): PatentNumberParse {
  // Until 2003 the year had two digits and the serial five; since 2004 four and six (PCT Administrative Instructions, 307).
  const match = /^PCT\/?([A-Z]{2})(?:(\d{4})\/(\d{6})|(\d{2})\/(\d{5}))$/.exec(code)
  if (!match) return { ok: false, reason: 'form' }
  const [, receivingOffice = '', longYear, longSerial, shortYear = '', shortSerial = ''] = match
  const year = longYear === undefined ? fullYear(shortYear) : Number(longYear)
  if (year < 1978 || year > 2099) return { ok: false, reason: 'year' }
  const serial = longSerial ?? shortSerial
  const normalised = `PCT/${receivingOffice}${longYear ?? shortYear}/${serial}`
  return { ok: true, kind: 'pct', receivingOffice, year, serial, normalised }
}

function parsePublication(match: RegExpExecArray): PatentNumberParse {
  const [normalised, serial = '', kindCode = ''] = match
  const patentType = typeOfKindCode[kindCode]
  // ZC 0007-2012: the first digit repeats the type, so a typing error in either is noticed.
  if (!patentType || serial.charAt(0) !== digitOfType[patentType]) return { ok: false, reason: 'type' }
  return { ok: true, kind: 'publication', patentType, kindCode, serial, normalised }
}

function parseApplication(code: string): PatentNumberParse {
  const match = /^(CN|ZL)?(\d{12}|\d{8})(?:\.?([\dX]))?$/.exec(code)
  if (!match) return { ok: false, reason: 'form' }
  const [, prefix, body = '', check] = match
  const form = body.length === 12 ? 'new' : 'old'
  const yearDigits = form === 'new' ? 4 : 2
  const year = yearOf(body, form)
  if (year === undefined) return { ok: false, reason: 'year' }
  const typeDigit = body.charAt(yearDigits)
  const patentType = typeOfDigit[typeDigit]
  if (!patentType) return { ok: false, reason: 'type' }
  const wrong = checkDigitRefusal(body, check, year)
  if (wrong) return { ok: false, reason: wrong }
  return {
    ok: true,
    kind: 'application',
    form,
    patentType,
    isPctNational: typeDigit === '8' || typeDigit === '9',
    year,
    serial: body.slice(yearDigits + 1),
    hasGrantMark: prefix === 'ZL',
    normalised: check === undefined ? body : `${body}.${check}`,
  }
}

/** Numbers changed on 2003-10-01, so 2003 has both forms. The new form is read up to 2099. */
function yearOf(body: string, form: 'old' | 'new'): number | undefined {
  const year = form === 'new' ? Number(body.slice(0, 4)) : fullYear(body.slice(0, 2))
  const [first, last] = form === 'new' ? [2003, 2099] : [1985, 2003]
  return year >= first && year <= last ? year : undefined
}

/** Numbers of 1985–1988 were given without a check digit; where a later writer added one, it must be right. */
function checkDigitRefusal(body: string, check: string | undefined, year: number): PatentNumberRefusal | undefined {
  if (check === undefined) return year <= 1988 ? undefined : 'check_digit_missing'
  return check === checkDigit(body) ? undefined : 'check_digit'
}

/** ZC 0006-2003: weights 2–9 repeat from the left, the remainder of the sum by 11 is the digit, 10 is written X. */
function checkDigit(body: string): string {
  const sum = [...body].reduce((total, digit, i) => total + Number(digit) * (2 + (i % 8)), 0)
  return '0123456789X'.charAt(sum % 11)
}

/** Two-digit years belong to 1978–2077, which no number of a two-digit system leaves. */
function fullYear(twoDigits: string): number {
  const year = Number(twoDigits)
  return year >= 78 ? 1900 + year : 2000 + year
}
