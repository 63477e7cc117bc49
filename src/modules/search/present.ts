import type { z } from 'zod'
import type { searchHitResponse } from './schemas.ts'
import type { SearchView } from './search-listings.ts'

/** A hit as everyone may see it: the public teaser, never member text. */
export function toSearchHitResponse({ hit, listing, owner }: SearchView): z.input<typeof searchHitResponse> {
  const { content, facets } = listing
  return {
    id: listing.id,
    kind: listing.kind,
    title: content.title,
    summary: content.summary,
    highlights: hit.highlights,
    score: hit.score,
    market: listing.market,
    organisation: { id: owner.id, name: owner.name, kind: owner.kind },
    fields: content.fields,
    industries: content.industries,
    ipc: content.ipc,
    keywords: content.keywords,
    region: content.region,
    cooperationModes: content.cooperationModes,
    trlMin: facets.trlMin,
    trlMax: facets.trlMax,
    priceMinFen: facets.priceMinFen,
    priceMaxFen: facets.priceMaxFen,
    deadline: facets.deadline,
    trustCode: listing.trustCode === 'green' ? 'green' : 'yellow',
    publishedAt: listing.publishedAt?.toISOString(),
  }
}
