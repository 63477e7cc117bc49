import type { HitView } from './hit-view.ts'
import type { SavedSearch } from './saved-search-repo.ts'

export function toSavedSearchResponse({ id, name, query, alerts, version, createdAt, updatedAt }: SavedSearch) {
  return {
    ...{ id, name, query, alerts, version },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}

/** The public teaser, never member text. */
export function toSavedSearchHitResponse({ listingId, kind, title, summary, market, publishedAt, foundAt }: HitView) {
  return {
    ...{ listingId, kind, title, market },
    summary: summary ?? undefined,
    publishedAt: publishedAt?.toISOString(),
    foundAt: foundAt.toISOString(),
  }
}
