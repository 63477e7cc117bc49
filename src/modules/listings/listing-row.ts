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

/** Every column, absent as null, so that an update also clears what a patch removed. */
export function toRow({ id, content, facets, ...rest }: Listing): ListingRow {
  return {
    ...rest,
    ...content,
    id: idToUuid(id),
    outcome: orNull(rest.outcome),
    summary: orNull(content.summary),
    description: orNull(content.description),
    region: orNull(content.region),
    provenance: orNull(content.provenance),
    externalId: orNull(content.externalId),
    validUntil: orNull(content.validUntil),
    trlMin: orNull(facets.trlMin),
    trlMax: orNull(facets.trlMax),
    priceMinFen: orNull(facets.priceMinFen),
    priceMaxFen: orNull(facets.priceMaxFen),
    deadline: orNull(facets.deadline),
    returnNote: orNull(rest.returnNote),
    confirmedAt: orNull(rest.confirmedAt),
    publishedAt: orNull(rest.publishedAt),
    closedAt: orNull(rest.closedAt),
  }
}

const present = <T>(value: T | null): T | undefined => value ?? undefined
const orNull = <T>(value: T | undefined): T | null => value ?? null
