import { idToUuid, uuidToId } from '../../kernel/ids.ts'
import { entityOfKind, type Listing } from './domain/listing.ts'
import type { listings } from './table.ts'

type ListingRow = typeof listings.$inferSelect

/** A stored row as the domain sees it: absent is undefined, and the id carries its prefix. */
export function toListing(row: ListingRow): Listing {
  const { id, kind, orgId, market, state, details, trustCode, trustReasons, returnReasons, version, createdBy } = row
  return {
    ...{ kind, orgId, market, state, details, trustCode, trustReasons, returnReasons, version, createdBy },
    id: uuidToId(entityOfKind[kind], id),
    outcome: present(row.outcome),
    content: {
      title: row.title,
      summary: present(row.summary),
      description: present(row.description),
      fields: row.fields,
      industries: row.industries,
      strategicIndustries: row.strategicIndustries,
      ipc: row.ipc,
      keywords: row.keywords,
      region: present(row.region),
      cooperationModes: row.cooperationModes,
      indicators: row.indicators,
      language: row.language,
      provenance: present(row.provenance),
      externalId: present(row.externalId),
      validUntil: present(row.validUntil),
    },
    facets: {
      trlMin: present(row.trlMin),
      trlMax: present(row.trlMax),
      priceMinFen: present(row.priceMinFen),
      priceMaxFen: present(row.priceMaxFen),
      deadline: present(row.deadline),
    },
    returnNote: present(row.returnNote),
    confirmedAt: present(row.confirmedAt),
    publishedAt: present(row.publishedAt),
    closedAt: present(row.closedAt),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  }
}

/**
 * Every column, absent as null, so that an update also clears what a patch removed. Named one by one: copying 30 fields by
 * spread takes twenty times as long when their order differs, and an import does it for each row.
 */
export function toRow(listing: Listing): ListingRow {
  const { content, facets } = listing
  return {
    id: idToUuid(listing.id),
    kind: listing.kind,
    orgId: listing.orgId,
    market: listing.market,
    state: listing.state,
    outcome: orNull(listing.outcome),
    title: content.title,
    summary: orNull(content.summary),
    description: orNull(content.description),
    fields: content.fields,
    industries: content.industries,
    strategicIndustries: content.strategicIndustries,
    ipc: content.ipc,
    keywords: content.keywords,
    region: orNull(content.region),
    cooperationModes: content.cooperationModes,
    indicators: content.indicators,
    language: content.language,
    provenance: orNull(content.provenance),
    externalId: orNull(content.externalId),
    validUntil: orNull(content.validUntil),
    trlMin: orNull(facets.trlMin),
    trlMax: orNull(facets.trlMax),
    priceMinFen: orNull(facets.priceMinFen),
    priceMaxFen: orNull(facets.priceMaxFen),
    deadline: orNull(facets.deadline),
    details: listing.details,
    trustCode: listing.trustCode,
    trustReasons: listing.trustReasons,
    returnReasons: listing.returnReasons,
    returnNote: orNull(listing.returnNote),
    confirmedAt: orNull(listing.confirmedAt),
    publishedAt: orNull(listing.publishedAt),
    closedAt: orNull(listing.closedAt),
    version: listing.version,
    createdBy: listing.createdBy,
    createdAt: listing.createdAt,
    updatedAt: listing.updatedAt,
  }
}

const present = <T>(value: T | null): T | undefined => value ?? undefined
const orNull = <T>(value: T | undefined): T | null => value ?? null
