import type { z } from 'zod'
import { toTeaser } from '../listings/index.ts'
import type { searchHitResponse } from './schemas.ts'
import type { SearchView } from './search-listings.ts'

/** A hit as everyone may see it: the public teaser, never member text. */
export function toSearchHitResponse({ hit, listing, owner }: SearchView): z.input<typeof searchHitResponse> {
  const trustCode = listing.trustCode === 'green' ? ('green' as const) : ('yellow' as const)
  return { ...toTeaser({ listing, owner }), trustCode, highlights: hit.highlights, score: hit.score }
}
