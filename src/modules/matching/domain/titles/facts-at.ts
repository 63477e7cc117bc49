import type { Facts } from '../types.ts'
import { traitCodeAt } from './title-records.ts'
import type { TitleStore } from './title-store.ts'
import { silent, traitFeatures } from './title-traits.ts'

type TraitName = (typeof traitFeatures)[number]

/**
 * What gates ask of the listing at a slot, without a visit to the database: its traits and terms. Whose it is the store
 * tells by `orgCodes`; title, texts and codes of the IPC are not among it. Field by field, because a match looks at a
 * thousand listings: 0.2 µs each instead of 2 by spreading.
 */
export function factsAt(store: TitleStore, slot: number): Facts {
  const region = traitAt(store, 'region', slot)
  const modes = traitAt(store, 'commercial_fit', slot)
  const maturity = traitAt(store, 'maturity_fit', slot)
  const priceMinFen = store.prices[slot * 2] ?? Number.NaN
  const priceMaxFen = store.prices[slot * 2 + 1] ?? Number.NaN
  return {
    id: silent.id,
    kind: silent.kind,
    orgId: silent.orgId,
    market: silent.market,
    title: silent.title,
    body: silent.body,
    fields: silent.fields,
    industries: silent.industries,
    strategicIndustries: silent.strategicIndustries,
    ipc: silent.ipc,
    region: region.region,
    acceptedRegions: region.acceptedRegions ?? silent.acceptedRegions,
    cooperationModes: modes.cooperationModes ?? silent.cooperationModes,
    ipBlockedModes: modes.ipBlockedModes ?? silent.ipBlockedModes,
    trlMin: maturity.trlMin,
    trlMax: maturity.trlMax,
    priceMinFen: Number.isNaN(priceMinFen) ? undefined : priceMinFen,
    priceMaxFen: Number.isNaN(priceMaxFen) ? undefined : priceMaxFen,
    deadline: dayOf(store.deadlines[slot] ?? 0),
    state: silent.state,
    trustCode: traitAt(store, 'trust', slot).trustCode ?? silent.trustCode,
  }
}

const placeOf = Object.fromEntries(traitFeatures.map((name, place) => [name, place])) as Record<TraitName, number>
const nothing: Partial<Facts> = {}

function traitAt({ traits, records }: TitleStore, name: TraitName, slot: number): Partial<Facts> {
  const place = placeOf[name]
  return traits[place]?.facts[traitCodeAt(records, slot, place)] ?? nothing
}

function dayOf(day: number): string | undefined {
  if (day === 0) return undefined
  const digits = String(day).padStart(8, '0')
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
}
