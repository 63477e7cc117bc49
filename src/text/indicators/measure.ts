import { foldForms } from './fold-forms.ts'
import type { Indicator } from './indicator.ts'
import type { Dimensions, Unit } from './unit-table.ts'
import { unitAt } from './units.ts'

/** An indicator as an interval in the base unit of its quantity. A missing end is open. */
export type Measure = { quantity: string; min?: number; max?: number }

/** Quantities people talk of; any other is named by its dimensions. */
const QUANTITIES: Readonly<Record<string, string>> = {
  m: 'length',
  'm^2': 'area',
  'm^3': 'volume',
  kg: 'mass',
  s: 'time',
  '℃': 'temperature',
  A: 'current',
  'A^-1·kg·m^2·s^-3': 'voltage',
  'A^-2·kg·m^2·s^-3': 'resistance',
  A·s: 'charge',
  'kg·m^2·s^-2': 'energy',
  'kg·m^2·s^-3': 'power',
  'kg·m·s^-2': 'force',
  'kg·m^-1·s^-2': 'pressure',
  's^-1': 'frequency',
  'm·s^-1': 'speed',
  'm·s^-2': 'acceleration',
  'm^3·s^-1': 'flow',
  'kg·s^-1': 'mass-flow',
  'm^2·s^-2': 'specific-energy',
  'kg·m^-3': 'density',
  pct: 'ratio',
  fold: 'multiple',
  dB: 'level',
  '°': 'angle',
  CNY: 'money',
  's^-1·turn': 'rotation',
  'bit·s^-1': 'bit-rate',
  bit: 'data',
}

/** Degrees are of an angle in these names, of temperature elsewhere, and kilowatt hours where a bill is meant. */
const ANGLE = /角|倾|转|弯|摆|偏|俯仰|方位|坡|相位/
const ELECTRICITY = /用电|电耗|耗电|电量/
const TEMPERATURE_DIFFERENCE = /温差|温升|温降|波动|均匀|变化/

/** Undefined when the unit is none that we know: figures of unknown units never compare. */
export function measureOf(indicator: Indicator): Measure | undefined {
  const unit = unitOf(indicator)
  if (unit === undefined) return undefined
  const quantity = quantityOf(unit.dimensions)
  const convert = (value: number) => value * unit.factor + (unit.offset ?? 0)
  const { operator, value, valueMax = value } = indicator
  const [low, high] = [convert(value), convert(valueMax)]
  if (!Number.isFinite(low) || !Number.isFinite(high)) return undefined
  if (operator === 'range') return { quantity, min: Math.min(low, high), max: Math.max(low, high) }
  if (operator === '=') return { quantity, min: low, max: low }
  return operator === '>=' || operator === '>' ? { quantity, min: low } : { quantity, max: low }
}

function unitOf({ name, unit = '' }: Indicator): Unit | undefined {
  const written = foldForms(unit).replace(/\s+/g, '')
  if (written === '') return { factor: 1, dimensions: {} }
  if (written === '度' || written === '°') return degree(name, written)
  if (written === 'T' && name.includes('磁')) return { factor: 1, dimensions: { tesla: 1 } }
  if (written === 'K' && TEMPERATURE_DIFFERENCE.test(name)) return { factor: 1, dimensions: { '℃': 1 } }
  const found = unitAt(written, 0)
  return found?.end === written.length ? found.unit : undefined
}

function degree(name: string, written: string): Unit {
  if (ELECTRICITY.test(name)) return { factor: 3.6e6, dimensions: { kg: 1, m: 2, s: -2 } }
  return written === '°' || ANGLE.test(name)
    ? { factor: 1, dimensions: { '°': 1 } }
    : { factor: 1, dimensions: { '℃': 1 } }
}

function quantityOf(dimensions: Dimensions): string {
  const signature = Object.entries(dimensions)
    .filter(([, exponent]) => exponent !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, exponent]) => (exponent === 1 ? name : `${name}^${exponent}`))
    .join('·')
  return QUANTITIES[signature] ?? (signature === '' ? 'number' : signature)
}
