import { toHalfWidth } from '../../../kernel/half-width.ts'
import { type Reading, read, refuse } from './reading.ts'

const YES = new Set(['是', '有', 'true', 'yes', 'y', '1', '√'])
const NO = new Set(['否', '无', 'false', 'no', 'n', '0', '×'])

export function readFlag(text: string): Reading<boolean> {
  const plain = toHalfWidth(text).trim().toLowerCase()
  if (YES.has(plain)) return read(true)
  if (NO.has(plain)) return read(false)
  return refuse('flag_form', `"${text}" is neither 是 nor 否`)
}

/** A number as it is, also in full-width digits; with the words that columns put around it (TRL 7, 7级, 30天, 12个月). */
export function readNumber(text: string): Reading<number> {
  const plain = toHalfWidth(text)
    .replace(/\s+/g, '')
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .replace(/^trl/i, '')
    .replace(/(?<=\d)(?:级|天|个?月|年|%)$/, '')
  if (!/^-?\d+(\.\d+)?$/.test(plain)) return refuse('number_form', `"${text}" is no number`)
  const value = Number(plain)
  return read(value, plain === text ? undefined : plain)
}

/** Separators of lists in one cell. A comma is none where the items are sentences. */
const SEPARATORS = { words: /[;；、,，|\n]/, sentences: /[;；|\n]/ } as const
export type ListStyle = keyof typeof SEPARATORS

export function splitList(text: string, style: ListStyle): string[] {
  return text
    .split(SEPARATORS[style])
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

/** Whether a list survives being joined and split again; one that does not is written as JSON. */
export function isSplittable(items: readonly string[], style: ListStyle): boolean {
  return items.every(
    (item) => item !== '' && item === item.trim() && !SEPARATORS[style].test(item) && !/^[[{']/.test(item),
  )
}
