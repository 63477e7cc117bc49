import { formatFen } from '../../../../kernel/money.ts'
import { sharedModes } from '../features/commercial-fit.ts'
import type { Facts } from '../types.ts'
import { listOf, type NameOf } from './names.ts'

/** The commercial terms that both sides state and that fit. */
export function explainTermsMet(demand: Facts, supply: Facts, nameOf: NameOf): string[] {
  const modes = sharedModes(demand, supply).map((mode) => nameOf('cooperationModes', mode))
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
  return offered && wanted && isWithin(demand, supply) ? [`成熟度 ${offered} 级符合要求的 ${wanted} 级`] : []
}

function isWithin(demand: Facts, supply: Facts): boolean {
  return (supply.trlMax ?? 9) >= (demand.trlMin ?? 1) && (supply.trlMin ?? 1) <= (demand.trlMax ?? 9)
}

function rangeText({ trlMin, trlMax }: Facts): string | undefined {
  if (trlMin === undefined && trlMax === undefined) return undefined
  const [min, max] = [trlMin ?? 1, trlMax ?? 9]
  return min === max ? `${min}` : `${min}–${max}`
}

function priceMet(demand: Facts, supply: Facts): string[] {
  if (demand.priceMaxFen === undefined || supply.priceMinFen === undefined) return []
  if (supply.priceMinFen > demand.priceMaxFen) return []
  return [`报价 ${formatFen(supply.priceMinFen)}起，不超过预算 ${formatFen(demand.priceMaxFen)}`]
}
