import { z } from 'zod'
import { normaliseCode } from './half-width.ts'

/** Doubts that do not refuse a code: neither list is complete, and old codes break the newer rules. */
export type UsccWarning = 'unknown_prefix' | 'division_not_digits' | 'organisation_code_check_digit'

export type UsccCheck =
  | { ok: true; value: string; warnings: UsccWarning[] }
  | { ok: false; reason: 'length' | 'alphabet' }
  | { ok: false; reason: 'check_digit'; expected: string }

/** GB 32100-2015: 31 symbols, digits and capitals without I, O, S, V and Z. A symbol's value is its position. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** GB 32100-2015, table of weights: W(i) = 3^(i-1) mod 31 for the first 17 symbols. */
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** GB 11714-1997: weights of the eight symbols of the inner organisation code. */
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2]

/** Authority and category as seen in the wild; partly from memory, therefore only the ground of a warning. */
const knownPrefixes = new Set(
  (
    '11 12 13 19 21 29 31 32 33 34 35 39 41 49 51 52 53 54 55 59 61 62 69 ' +
    '71 72 79 81 89 91 92 93 A1 G1 J1 N1 N2 N3 Y1'
  ).split(' '),
)

/**
 * Checks a unified social credit code (统一社会信用代码) by GB 32100-2015: 18 symbols of the alphabet and the check symbol.
 * It says that a code is well formed, not that an organisation carries it. Division codes are not looked up, because
 * symbols 3–8 keep the division of the year of registration and many of those are abolished since.
 */
export function checkUscc(text: string): UsccCheck {
  const value = normaliseCode(text)
  if (value.length !== 18) return { ok: false, reason: 'length' }
  if (!usesAlphabet(value)) return { ok: false, reason: 'alphabet' }
  const expected = checkSymbol(value.slice(0, 17))
  if (value.charAt(17) !== expected) return { ok: false, reason: 'check_digit', expected }
  return { ok: true, value, warnings: warningsOf(value) }
}

/** Appends the GB 32100-2015 check symbol to 17 symbols, to construct codes for demonstrations and tests. */
export function completeUscc(first17: string): string {
  const body = normaliseCode(first17)
  if (body.length !== 17 || !usesAlphabet(body)) {
    throw new RangeError(`"${first17}" is not 17 symbols of the GB 32100-2015 alphabet`)
  }
  return body + checkSymbol(body)
}

/**
 * Appends the GB 11714-1997 check symbol to the eight symbols of an organisation code. A constructed credit code whose
 * symbols 9–17 come from here carries no warning.
 */
export function completeOrganisationCode(first8: string): string {
  const body = normaliseCode(first8)
  if (!/^[0-9A-Z]{8}$/.test(body)) throw new RangeError(`"${first8}" is not eight digits or capitals`)
  return body + organisationCheckSymbol(body)
}

/** A string that holds a valid code; accepts any spelling that `checkUscc` accepts and yields the normalised one. */
export const usccSchema = z
  .string()
  .overwrite(normaliseCode)
  .superRefine((text, context) => {
    const check = checkUscc(text)
    if (!check.ok) context.addIssue({ code: 'custom', message: refusal(check) })
  })
  .meta({
    description: 'Unified social credit code (统一社会信用代码), GB 32100-2015: 18 symbols.',
    examples: ['913302060000000860'],
  })

function refusal(check: Extract<UsccCheck, { ok: false }>): string {
  const rule = 'unified social credit code (GB 32100-2015)'
  if (check.reason === 'check_digit') return `${rule}: the check symbol, number 18, must be ${check.expected}`
  if (check.reason === 'length') return `${rule}: must have 18 symbols`
  return `${rule}: digits and capitals only, without I, O, S, V and Z`
}

function warningsOf(value: string): UsccWarning[] {
  const warnings: UsccWarning[] = []
  if (!knownPrefixes.has(value.slice(0, 2))) warnings.push('unknown_prefix')
  if (!/^\d{6}$/.test(value.slice(2, 8))) warnings.push('division_not_digits')
  if (value.charAt(16) !== organisationCheckSymbol(value.slice(8, 16))) warnings.push('organisation_code_check_digit')
  return warnings
}

function usesAlphabet(value: string): boolean {
  return [...value].every((symbol) => alphabet.includes(symbol))
}

/** The outer `mod 31` matters: without it the one code in 31 whose check symbol is 0 would be refused. */
function checkSymbol(body: string): string {
  const sum = weights.reduce((total, weight, i) => total + weight * alphabet.indexOf(body.charAt(i)), 0)
  return alphabet.charAt((31 - (sum % 31)) % 31)
}

function organisationCheckSymbol(body: string): string {
  const sum = organisationWeights.reduce((total, weight, i) => total + weight * Number.parseInt(body.charAt(i), 36), 0)
  return '0X987654321'.charAt(sum % 11)
}
