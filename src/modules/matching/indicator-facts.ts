import type { Indicator } from '../../text/indicators/indicator.ts'
import { measureOf } from '../../text/indicators/measure.ts'
import { type Listing, type ListingKindDefinition, readIndicators } from '../listings/index.ts'
import type { IndicatorFact } from './domain/types.ts'

/** A comparison looks at the first few only, the declared ones before the read ones. */
const maxFacts = 24

/** Declared indicators and those read from public and members' text, in base units. */
export function indicatorFacts(
  definition: ListingKindDefinition,
  listing: Pick<Listing, 'content' | 'details'>,
): IndicatorFact[] {
  const declared = listing.content.indicators.map((one) => factOf(one, { source: 'declared', isBound: true }))
  const read = readIndicators(definition, listing).map((one) => factOf(one, { source: 'read', isBound: one.isBound }))
  return [...declared, ...read].slice(0, maxFacts)
}

function factOf(
  { name, operator, value, valueMax, unit }: Indicator,
  origin: Pick<IndicatorFact, 'source' | 'isBound'>,
): IndicatorFact {
  const written = { name, operator, value, valueMax, unit }
  return { ...written, ...(measureOf(written) ?? unknownMeasure(written)), ...origin }
}

/** A unit that we do not know is still the same one on both sides when it is spelled alike. */
function unknownMeasure(indicator: Indicator) {
  const plain = measureOf({ ...indicator, unit: undefined }) ?? {}
  return { ...plain, quantity: `unit ${indicator.unit ?? ''}` }
}
