import { type DemandDetails, demandKind } from '../demands/index.ts'
import type { Listing } from '../listings/index.ts'
import { ipBlockedModes, type SupplyDetails, supplyKind } from '../supplies/index.ts'
import { cutWords } from './cut-words.ts'
import { textsOfDemand, textsOfSupply } from './described-texts.ts'
import type { FieldText } from './domain/spans/evidence-spans.ts'
import type { Facts } from './domain/types.ts'
import { indicatorFacts } from './indicator-facts.ts'

/** The part of a listing that its facts are made of; an unsaved text has it too. */
export type Described = Pick<
  Listing,
  'id' | 'orgId' | 'market' | 'content' | 'details' | 'facets' | 'state' | 'trustCode'
>

/** Facts of a supply as of a day: rights run out. */
export function factsOfSupply(listing: Described, today: string): Facts {
  const details = listing.details as SupplyDetails
  return {
    ...sharedFacts(listing),
    kind: 'supply',
    indicators: indicatorFacts(supplyKind, listing),
    words: wordsOf(listing.content.title),
    body: bodyOf(textsOfSupply(listing)),
    ipBlockedModes: ipBlockedModes(details.ipRights ?? [], today),
    acceptedRegions: [],
  }
}

export function factsOfDemand(listing: Described): Facts {
  const details = listing.details as DemandDetails
  const body = bodyOf(textsOfDemand(listing))
  return {
    ...sharedFacts(listing),
    kind: 'demand',
    indicators: indicatorFacts(demandKind, listing),
    words: wordsOf(`${listing.content.title}\n${body}`),
    body,
    ipBlockedModes: [],
    acceptedRegions: details.preferredRegions ?? [],
  }
}

/** A description of 20,000 characters has some 3,000 distinct words; the first half of them name the technology. */
const maxWords = 1500

function wordsOf(text: string): string[] {
  return [...new Set(cutWords(text))].slice(0, maxWords)
}

/** All but the title, which is compared for itself. */
function bodyOf([_title, ...texts]: readonly FieldText[]): string {
  return texts.map(({ text }) => text).join('\n')
}

function sharedFacts({ id, orgId, market, content, facets, state, trustCode }: Described) {
  const { title, fields, industries, strategicIndustries, ipc, region, cooperationModes } = content
  return {
    ...{ id, orgId, market, title, fields, industries, strategicIndustries, ipc, region, cooperationModes },
    ...facets,
    state,
    trustCode,
  }
}
