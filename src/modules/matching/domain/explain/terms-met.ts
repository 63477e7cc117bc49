import type { Facts } from '../types.ts'
import { listOf, moneyOf, type NameOf } from './names.ts'

/** The commercial terms that both sides state and that fit. For a pair that passed its gates. */
export function explainTermsMet(demand: Facts, supply: Facts, nameOf: NameOf): string[] {
  const modes = demand.cooperationModes
    .filter((mode) => supply.cooperationModes.includes(mode) && !supply.ipBlockedModes.includes(mode))
    .map((mode) => nameOf('cooperationModes', mode))
  const met = [
    ...(modes.length > 0 ? [`合作方式均可为${listOf(modes)}`] : []),
    ...maturityMet(demand, supply),
    ...priceMet(demand, supply),
  ]
  return met.length > 0 ? [`${met.join('；')}。`] : []
}

function maturityMet(demand: Facts, supply: Facts): string[] {
  const offered = rangeText(supply)
  const wanted = rangeText(demand)
  return offered && wanted ? [`成熟度 ${offered} 级符合要求的 ${wanted} 级`] : []
}

function rangeText({ trlMin, trlMax }: Facts): string | undefined {
  if (trlMin === undefined && trlMax === undefined) return undefined
  const [min, max] = [trlMin ?? 1, trlMax ?? 9]
  return min === max ? `${min}` : `${min}–${max}`
}

function priceMet(demand: Facts, supply: Facts): string[] {
  if (demand.priceMaxFen === undefined || supply.priceMinFen === undefined) return []
  return [`报价 ${moneyOf(supply.priceMinFen)}起，不超过预算 ${moneyOf(demand.priceMaxFen)}`]
}
