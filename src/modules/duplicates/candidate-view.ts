import { and, desc, eq, inArray, lt, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { ListingKind } from '../listings/index.ts'
import { listings } from '../listings/table.ts'
import type { Candidate } from './candidate-repo.ts'
import type { CandidateState } from './domain/candidate.ts'
import { duplicateCandidates } from './table.ts'

export type CandidateFilter = { state: CandidateState; kind?: ListingKind | undefined }

/** Pairs of duplicates with a listing in one of these markets, newest first. */
export async function listCandidatesOf(
  db: Db,
  markets: readonly string[],
  { state, kind, page }: CandidateFilter & { page: PageRequest },
): Promise<PageOf<Candidate>> {
  const [first, second] = [alias(listings, 'first'), alias(listings, 'second')]
  const before = page.after?.[0] as unknown as Id<'duplicateCandidate'> | undefined
  const rows = await db
    .select({ candidate: duplicateCandidates })
    .from(duplicateCandidates)
    .innerJoin(first, eq(first.id, duplicateCandidates.firstId))
    .innerJoin(second, eq(second.id, duplicateCandidates.secondId))
    .where(
      and(
        eq(duplicateCandidates.state, state),
        // What has left the market meanwhile settles an open pair by itself.
        state === 'open' ? and(eq(first.state, 'published'), eq(second.state, 'published')) : undefined,
        kind && eq(duplicateCandidates.kind, kind),
        sql`${duplicateCandidates.reasons} <> '{similar_demand}'`,
        or(inArray(first.market, [...markets]), inArray(second.market, [...markets])),
        before && lt(duplicateCandidates.id, before),
      ),
    )
    .orderBy(desc(duplicateCandidates.id))
    .limit(page.limit + 1)
  return pageOf(
    rows.map(({ candidate }) => candidate),
    page.limit,
    ({ id }) => [id],
  )
}
