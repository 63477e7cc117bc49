import { type Dimensions, MAX_UNIT_NAME, type Unit, unitNamed } from './unit-table.ts'

/** A unit found in a text, with the place behind it. */
export type FoundUnit = { unit: Unit; end: number }

/** 万 and 亿 stand before any unit: 50 万元, 20 万吨. */
const MULTIPLIERS: readonly (readonly [string, number])[] = [
  ['万亿', 1e12],
  ['千万', 1e7],
  ['百万', 1e6],
  ['亿', 1e8],
  ['万', 1e4],
  ['千', 1e3],
  ['百', 1e2],
]

const MAX_PARTS = 5

/** The longest unit that begins at a place of a folded text: `MPa`, `mL/min`, `W/(m·K)`, `万元/吨`. */
export function unitAt(text: string, start: number): FoundUnit | undefined {
  return composedAt(text, start) ?? multipliedAt(text, start)
}

function multipliedAt(text: string, start: number): FoundUnit | undefined {
  const multiplier = MULTIPLIERS.find(([word]) => text.startsWith(word, start))
  if (multiplier === undefined) return undefined
  const [word, times] = multiplier
  const found = composedAt(text, start + word.length)
  return found && { unit: { ...found.unit, factor: found.unit.factor * times }, end: found.end }
}

function composedAt(text: string, start: number): FoundUnit | undefined {
  const first = powerAt(text, start)
  if (first === undefined) return undefined
  let { unit, end } = first
  for (let parts = 1; parts < MAX_PARTS; parts++) {
    const next = furtherPart(text, end)
    if (next === undefined) break
    unit = product(unit, next.unit)
    end = next.end
  }
  return unit.isPartOnly ? undefined : { unit, end }
}

/** `/X`, `·X` or `/(X·Y)` after a unit. */
function furtherPart(text: string, at: number): FoundUnit | undefined {
  const sign = text[at]
  if (sign === '/' || sign === '每') {
    if (text[at + 1] === '(') return bracketAt(text, at + 2)
    const found = powerAt(text, at + 1)
    return found && { unit: inverse(found.unit), end: found.end }
  }
  return sign === '·' || sign === '*' || sign === '.' ? powerAt(text, at + 1) : undefined
}

function bracketAt(text: string, start: number): FoundUnit | undefined {
  let found = powerAt(text, start)
  for (let parts = 1; found && text[found.end] === '·' && parts < MAX_PARTS; parts++) {
    const next = powerAt(text, found.end + 1)
    if (next === undefined) return undefined
    found = { unit: product(found.unit, next.unit), end: next.end }
  }
  return found && text[found.end] === ')' ? { unit: inverse(found.unit), end: found.end + 1 } : undefined
}

const EXPONENT = /\^\(?(-?\d)\)?|([⁻¯]?[¹²³⁴])|(-[123])(?![\d.])|([23])(?![\d.])/y
const SUPERSCRIPTS = '⁰¹²³⁴'

function powerAt(text: string, start: number): FoundUnit | undefined {
  const found = nameAt(text, start)
  if (found === undefined) return undefined
  EXPONENT.lastIndex = found.end
  const match = EXPONENT.exec(text)
  if (match === null || !/[A-Za-zμΩ米]/.test(text[found.end - 1] ?? '')) return found
  const written = match[1] ?? match[3] ?? match[4] ?? superscript(match[2] ?? '')
  const exponent = Number(written)
  // A bare digit is an exponent of lengths alone: "5 g2" is a typing error, "5 m2" an area.
  if (match[4] !== undefined && found.unit.dimensions.m !== 1) return found
  return { unit: power(found.unit, exponent), end: found.end + match[0].length }
}

function superscript(written: string): string {
  return written.replace(/[⁻¯]/, '-').replace(/[¹²³⁴]/, (digit) => String(SUPERSCRIPTS.indexOf(digit)))
}

/** Latin names end where their letters end: the m of "mixed" is no metre. */
function nameAt(text: string, start: number): FoundUnit | undefined {
  for (let length = MAX_UNIT_NAME; length > 0; length--) {
    const end = start + length
    const name = text.slice(start, end)
    if (name.length < length) continue
    const unit = unitNamed(name)
    if (unit && !(/[A-Za-z]$/.test(name) && /[A-Za-z]/.test(text[end] ?? ''))) return { unit, end }
  }
  return undefined
}

function product(a: Unit, b: Unit): Unit {
  const dimensions: Record<string, number> = { ...a.dimensions }
  for (const [name, exponent] of Object.entries(b.dimensions)) dimensions[name] = (dimensions[name] ?? 0) + exponent
  return { factor: a.factor * b.factor, dimensions }
}

function inverse(unit: Unit): Unit {
  return power(unit, -1)
}

function power({ factor, dimensions }: Unit, exponent: number): Unit {
  return { factor: factor ** exponent, dimensions: scaled(dimensions, exponent) }
}

function scaled(dimensions: Dimensions, by: number): Dimensions {
  return Object.fromEntries(Object.entries(dimensions).map(([name, exponent]) => [name, exponent * by]))
}
