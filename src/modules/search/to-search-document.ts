import type { SearchDocument } from '../../ports/search-engine.ts'
import type { Listing } from '../listings/index.ts'

/** What the index knows of a listing's owner. */
export type IndexedOwner = { name: string; qualifications: string[] }

/** Own fields of the three kinds whose texts a member may read and would look for. */
const searchableDetails = [
  ...['coreClaim', 'problemSolved', 'advantages', 'applications', 'inventors', 'equipmentNeeded', 'teamSupport'],
  ...['scenario', 'problem', 'currentPractice', 'constraints', 'elements', 'triedAndFailed'],
  ...['eligibility', 'materials', 'stackingRules', 'riskPool', 'repayment'],
] as const

/** A published listing as the index keeps it: teaser and member text. Confidential text is not in a Listing at all. */
export function toSearchDocument(listing: Listing, owner: IndexedOwner, trustCode: 'green' | 'yellow'): SearchDocument {
  const { id, kind, version, market, orgId, content, facets, publishedAt, updatedAt } = listing
  return {
    ...{ listingId: id, kind, version, market, orgId, trustCode },
    orgName: owner.name,
    qualifications: owner.qualifications,
    title: content.title,
    summary: content.summary ?? '',
    body: bodyOf(listing),
    keywords: content.keywords,
    fields: content.fields,
    industries: content.industries,
    ipc: content.ipc,
    region: content.region ?? null,
    trlMin: facets.trlMin ?? null,
    trlMax: facets.trlMax ?? null,
    cooperationModes: content.cooperationModes,
    priceMinFen: facets.priceMinFen ?? null,
    priceMaxFen: facets.priceMaxFen ?? null,
    deadline: facets.deadline ?? null,
    publishedAt: publishedAt ?? updatedAt,
  }
}

function bodyOf({ content, details }: Listing): string {
  const indicators = content.indicators.map(({ name, value, unit }) => `${name} ${value}${unit ?? ''}`)
  const texts = searchableDetails.flatMap((name) => textsIn(details[name]))
  return [content.description ?? '', ...texts, ...patentNumbersIn(details), ...indicators].join('\n')
}

function patentNumbersIn({ ipRights }: Listing['details']): string[] {
  if (!Array.isArray(ipRights)) return []
  return ipRights.flatMap((right: { number?: string }) => (right.number === undefined ? [] : [right.number]))
}

/** Every text in a value, however deep: `advantages` and `elements` hold objects. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
