import type { DemandDetails } from '../demands/index.ts'
import type { Listing } from '../listings/index.ts'
import { ipBlockedModes, type SupplyDetails } from '../supplies/index.ts'
import type { Facts } from './domain/types.ts'

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
    body: bodyOf(listing, [
      ...[details.coreClaim, details.problemSolved, ...(details.applications ?? [])],
      ...(details.advantages ?? []).flatMap(({ claim, comparison }) => [claim, comparison]),
      details.sampleAvailability,
    ]),
    ipBlockedModes: ipBlockedModes(details.ipRights ?? [], today),
    acceptedRegions: [],
  }
}

export function factsOfDemand(listing: Described): Facts {
  const details = listing.details as DemandDetails
  const { material, method, efficacy, product, application } = details.elements ?? {}
  return {
    ...sharedFacts(listing),
    kind: 'demand',
    body: bodyOf(listing, [
      ...[details.problem, details.scenario, details.currentPractice, details.triedAndFailed],
      ...[material, method, efficacy, product, application, ...(details.constraints ?? [])],
    ]),
    ipBlockedModes: [],
    acceptedRegions: details.preferredRegions ?? [],
  }
}

/** Public and members' text only: a listing carries no confidential part, and none is looked up here. */
function bodyOf({ content }: Described, own: readonly (string | undefined)[]): string {
  const indicators = content.indicators.map(({ name }) => name)
  const texts = [content.summary, content.description, ...own, ...content.keywords, ...indicators]
  return texts.filter((text) => text !== undefined).join('\n')
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
