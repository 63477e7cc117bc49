import { toHalfWidth } from '../../../kernel/half-width.ts'
import { type Reading, read, refuse } from './reading.ts'

/** Fen in each unit that people write. */
const fenPerUnit: Record<string, bigint> = {
  分: 1n,
  fen: 1n,
  元: 100n,
  块: 100n,
  圆: 100n,
  yuan: 100n,
  千元: 100_000n,
  万: 1_000_000n,
  万元: 1_000_000n,
  百万: 100_000_000n,
  百万元: 100_000_000n,
  千万: 1_000_000_000n,
  千万元: 1_000_000_000n,
  亿: 10_000_000_000n,
  亿元: 10_000_000_000n,
}
const MOST_FEN = 9_000_000_000_000_000n
const AMOUNT = /^(\d+)(?:\.(\d+))?([^\d.]*)$/
const BETWEEN = /[-~～—–]|至|到/

/** Fen per unit of a header such as 预算（万元）; undefined when it names none. */
export function unitOf(text: string | undefined): bigint | undefined {
  return text === undefined ? undefined : fenPerUnit[text.trim().toLowerCase()]
}

/**
 * An amount of money in fen, read strictly: ５０万元, 1,234.56元, 0.5亿. A number without any unit takes that of the header,
 * and is refused when the header has none: a guess would be wrong by a factor of ten thousand.
 */
export function readAmount(text: string, headerUnit?: bigint): Reading<number> {
  const plain = simplified(text)
  const [, whole, fraction = '', unit = ''] = AMOUNT.exec(plain) ?? []
  if (whole === undefined) return refuse('amount_form', `"${text}" is no amount; write 50万元, 1234.56元 or 0.5亿元`)
  const perUnit = unit === '' ? headerUnit : fenPerUnit[unit]
  if (perUnit === undefined) {
    return unit === ''
      ? refuse(
          'amount_unit_missing',
          `"${text}" has no unit; write ${text}元 or ${text}万元, or name the unit in the header`,
        )
      : refuse('amount_unit', `"${unit}" is no unit of money; write 元, 万元 or 亿元`)
  }
  const scale = 10n ** BigInt(fraction.length)
  const scaled = BigInt(whole + fraction) * perUnit
  if (scaled % scale !== 0n) return refuse('amount_fraction', `"${text}" is no whole number of fen`)
  const fen = scaled / scale
  if (fen > MOST_FEN) return refuse('amount_too_large', `"${text}" is more than 90 trillion yuan`)
  return read(Number(fen), perUnit === 1n ? undefined : `${spelled(fen)} 元`)
}

export type Price = { isNegotiable: true } | { isNegotiable: false; minFen: number; maxFen: number }

/** 面议, an amount, or a range whose first end may leave the unit to the second: 50-80万元. */
export function readPrice(text: string, headerUnit?: bigint): Reading<Price> {
  const plain = simplified(text)
  if (/^(面议|价格面议|协商|negotiable)$/.test(plain)) return read({ isNegotiable: true }, '面议')
  const ends = plain.split(BETWEEN).filter((end) => end !== '')
  if (ends.length > 2)
    return refuse('amount_form', `"${text}" is neither an amount nor a range; write 50-80万元 or 面议`)
  const [first = '', second = first] = ends
  const unit = second.replace(/^[\d.]+/, '')
  const min = readAmount(/[^\d.]$/.test(first) ? first : `${first}${unit}`, headerUnit)
  const max = readAmount(second, headerUnit)
  if (!min.ok) return min
  if (!max.ok) return max
  if (min.value > max.value) return refuse('amount_order', `"${text}" begins with the larger amount`)
  const shown =
    min.value === max.value
      ? spelled(BigInt(min.value))
      : `${spelled(BigInt(min.value))} – ${spelled(BigInt(max.value))}`
  return read({ isNegotiable: false, minFen: min.value, maxFen: max.value }, `${shown} 元`)
}

/** Half-width, lower case, without white space, thousands separators and the sign of the currency. */
function simplified(text: string): string {
  return toHalfWidth(text)
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .replace(/^(?:¥|￥|rmb|cny|人民币)|(?:rmb|cny|人民币)$/g, '')
}

/** Yuan with separators: 500,000 or 1,234.56. */
function spelled(fen: bigint): string {
  const cents = fen % 100n
  const yuan = (fen / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ',')
  return cents === 0n ? yuan : `${yuan}.${String(cents).padStart(2, '0')}`
}
