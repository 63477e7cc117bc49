import { idToUuid } from '../../kernel/ids.ts'
import type { MeilisearchPosition } from './meilisearch-keyset.ts'

/** What ranking needs to know of a hit. */
export type Ranked = { listingId: string; owner: string; trust: string; publishedMs: number; _rankingScore?: number }

/** `asOf` in milliseconds; `owner` is the organisation whose name the query is, when it is one. */
export type RankBy = { asOf: number; owner: string | undefined }

/** As in the PostgreSQL engine: yellow ranks lower, and a listing of last year still has three quarters of its score. */
const YELLOW_FACTOR = 0.8
const OLD_FACTOR = 0.75
const FRESH_DAYS = 180
/** Half of the score, yellow and old: what an organisation's own listing has at least. */
const OTHERS_SHARE = 0.5 * YELLOW_FACTOR * OLD_FACTOR
/** Whole numbers go through a cursor unchanged. */
export const SCORE_UNIT = 1_000_000_000

/**
 * The server's score, lowered by distrust and age, as a whole number of billionths. The server's own order knows trust and
 * age only between equal texts; and its pages go by offset, which shows a hit twice when another is inserted before it.
 */
export function scoreOf(hit: Ranked, { asOf, owner }: RankBy): number {
  const { trust, publishedMs, _rankingScore = 0 } = hit
  const relevance = owner === undefined ? _rankingScore : withOwner(_rankingScore, hit.owner === owner)
  const ageDays = Math.max(0, asOf - publishedMs) / 86_400_000
  const freshness = OLD_FACTOR + (1 - OLD_FACTOR) * Math.exp(-ageDays / FRESH_DAYS)
  return Math.round(relevance * (trust === 'green' ? 1 : YELLOW_FACTOR) * freshness * SCORE_UNIT)
}

/** Who types the whole name of an organisation gets its listings, old and yellow ones too, before what names it. */
function withOwner(relevance: number, isOwn: boolean): number {
  return isOwn ? (1 + relevance) / 2 : relevance * OTHERS_SHARE
}

export type Scored<T> = { hit: T; score: number; uuid: string; search: number }

/** A synonym is not quite what was asked for. */
const VARIANT_FACTOR = 0.9

/** Hits of several searches by their best scores; the first search is the query itself. Equal scores go by UUID. */
export function rank<T extends Ranked>(
  searches: readonly (readonly T[])[],
  { asOf, literal }: { asOf: number; literal: string },
): Scored<T>[] {
  const isOwner = searches.some((hits) => hits.some(({ owner }) => owner === literal))
  const by = { asOf, owner: isOwner ? literal : undefined }
  const best = new Map<string, Scored<T>>()
  searches.forEach((hits, search) => {
    for (const hit of hits) {
      const score = Math.round(scoreOf(hit, by) * (search === 0 ? 1 : VARIANT_FACTOR))
      const known = best.get(hit.listingId)
      if (known === undefined || known.score < score) {
        best.set(hit.listingId, { hit, score, search, uuid: idToUuid(hit.listingId) })
      }
    }
  })
  return [...best.values()].sort((a, b) => b.score - a.score || (a.uuid < b.uuid ? -1 : 1))
}

/** What comes behind a position. */
export function behind<T>(ranked: readonly Scored<T>[], after: MeilisearchPosition | undefined): readonly Scored<T>[] {
  if (after === undefined) return ranked
  const lastUuid = idToUuid(after.listingId)
  return ranked.filter(({ score, uuid }) => score < after.key || (score === after.key && uuid > lastUuid))
}
