import { formatFen } from '../../../../kernel/money.ts'
import type { NameOf } from '../explain/names.ts'
import type { Facts } from '../types.ts'
import { percentOf, stepCost } from './cost.ts'
import { relax } from './relax.ts'
import type { Step } from './step.ts'

/** Codes by their Chinese and English names. */
export type Names = { zh: NameOf; en: NameOf }

type Value = number | string | readonly string[] | null

/** A step as a broker reads it: what changes, from what to what, and the field of the listing that says so. */
export type Relaxation = {
  kind: RelaxationKind
  /** Field of the listing; absent when no word of the owner makes it true. */
  field: string | undefined
  from: Value
  to: Value
  cost: number
  zh: string
  en: string
}

export const relaxationKinds = [
  'raise_budget',
  'lower_price',
  'lower_maturity',
  'raise_maturity',
  'ripen',
  'add_cooperation_mode',
  'widen_region',
  'extend_deadline',
] as const
export type RelaxationKind = (typeof relaxationKinds)[number]

type Described = Omit<Relaxation, 'cost'>

export function describeStep(asker: Facts, step: Step, names: Names): Relaxation {
  return { ...describe(asker, step, names), cost: stepCost(asker, step) }
}

function describe(asker: Facts, step: Step, names: Names): Described {
  const after = relax(asker, [step])
  switch (step.axis) {
    case 'price':
      return describePrice(asker, after, percentOf(asker, step))
    case 'maturity_floor':
      return describeMaturity({ kind: 'lower_maturity', field: 'trlMin', from: asker.trlMin, to: after.trlMin })
    case 'maturity_ceiling':
      return asker.kind === 'demand'
        ? describeMaturity({ kind: 'raise_maturity', field: 'trlMax', from: asker.trlMax, to: after.trlMax })
        : describeMaturity({ kind: 'ripen', field: undefined, from: asker.trlMax, to: after.trlMax })
    case 'region':
      return describeRegion(asker, after, names)
    case 'deadline':
      return describeDeadline(asker.deadline ?? '', after.deadline ?? '', step.reach)
    default:
      return describeMode(step.axis.slice('mode:'.length), asker, names)
  }
}

function describePrice(asker: Facts, after: Facts, percent: number | undefined): Described {
  const isDemand = asker.kind === 'demand'
  const from = (isDemand ? asker.priceMaxFen : asker.priceMinFen) ?? 0
  const to = (isDemand ? after.priceMaxFen : after.priceMinFen) ?? 0
  const zhShare = percent === undefined ? '' : `（${isDemand ? '+' : '−'}${percent}%）`
  const enShare = percent === undefined ? '' : ` (${isDemand ? '+' : '−'}${percent}%)`
  const enMoney = (fen: number) => `CNY ${(fen / 100).toLocaleString('en-US')}`
  return isDemand
    ? {
        ...{ kind: 'raise_budget', field: 'budgetMaxFen', from, to },
        zh: `预算上限由 ${formatFen(from)}提高到 ${formatFen(to)}${zhShare}`,
        en: `Raise the budget from ${enMoney(from)} to ${enMoney(to)}${enShare}`,
      }
    : {
        ...{ kind: 'lower_price', field: 'priceMinFen', from, to },
        zh: `最低报价由 ${formatFen(from)}降到 ${formatFen(to)}${zhShare}`,
        en: `Lower the price from ${enMoney(from)} to ${enMoney(to)}${enShare}`,
      }
}

const MATURITY = {
  lower_maturity: { zh: '成熟度下限由', en: 'Accept technology from TRL' },
  raise_maturity: { zh: '成熟度上限由', en: 'Accept technology up to TRL' },
  ripen: { zh: '成熟度由', en: 'Develop the technology to TRL' },
} as const

type MaturityChange = Pick<Described, 'field'> & {
  kind: keyof typeof MATURITY
  from: number | undefined
  to: number | undefined
}

function describeMaturity({ kind, field, from = 1, to = 9 }: MaturityChange): Described {
  const { zh, en } = MATURITY[kind]
  const verb = to < from ? '降到' : '提高到'
  return { kind, field, from, to, zh: `${zh} ${from} 级${verb} ${to} 级`, en: `${en} ${to} instead of ${from}` }
}

function describeRegion(asker: Facts, after: Facts, names: Names): Described {
  const isAnywhere = after.acceptedRegions.length === 0
  const listOf = (nameOf: NameOf, mark: string) =>
    after.acceptedRegions.map((code) => nameOf('regions', code)).join(mark)
  return {
    kind: 'widen_region',
    field: 'preferredRegions',
    from: asker.acceptedRegions,
    to: isAnywhere ? null : after.acceptedRegions,
    zh: isAnywhere ? '不限来源地域' : `接受的地域扩大到${listOf(names.zh, '、')}`,
    en: isAnywhere ? 'Accept any region' : `Accept all of ${listOf(names.en, ', ')}`,
  }
}

function describeDeadline(from: string, to: string, days: number): Described {
  const en = `Move the deadline from ${from} to ${to} or later`
  return {
    kind: 'extend_deadline',
    field: 'deadline',
    from,
    to,
    zh: `期限由 ${from} 延后 ${days} 天至 ${to} 或更晚`,
    en,
  }
}

function describeMode(mode: string, asker: Facts, names: Names): Described {
  const verb = asker.kind === 'demand' ? ['也接受', 'Also accept'] : ['也提供', 'Also offer']
  return {
    kind: 'add_cooperation_mode',
    field: 'cooperationModes',
    from: asker.cooperationModes,
    to: mode,
    zh: `合作方式${verb[0]}${names.zh('cooperationModes', mode)}`,
    en: `${verb[1]}: ${names.en('cooperationModes', mode)}`,
  }
}
