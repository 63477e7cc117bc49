import type { Db } from '../../db/client.ts'
import { uuidToId } from '../../kernel/ids.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { entityOfKind, type ListingId, type ListingWithOwner, readListingsWithOwners } from '../listings/index.ts'
import { marketTree } from '../markets/index.ts'
import type { Candidate } from './candidate-repo.ts'
import { type CandidateFilter, listCandidatesOf } from './candidate-view.ts'

export type CandidateView = { candidate: Candidate; first: ListingWithOwner; second: ListingWithOwner }

/** Pairs that may be one, with a listing in the operator's markets, newest first. */
export async function listCandidates(
  { db }: { db: Db },
  actor: Principal,
  filter: CandidateFilter & { page: PageRequest },
): Promise<PageOf<CandidateView>> {
  const { items, next } = await listCandidatesOf(db, await marketTree(db, actor.market), filter)
  return { items: await viewsOf(db, items), ...(next && { next }) }
}

/** The pairs with their listings. */
export async function viewsOf(db: Db, candidates: readonly Candidate[]): Promise<CandidateView[]> {
  const found = await readListingsWithOwners(db, candidates.flatMap(idsOf))
  return candidates.flatMap((candidate) => {
    const [first, second] = idsOf(candidate).map((id) => found.get(id))
    return first && second ? [{ candidate, first, second }] : []
  })
}

/** Both ids with their prefix, in the order of the pair. */
export function idsOf({ kind, firstId, secondId }: Pick<Candidate, 'kind' | 'firstId' | 'secondId'>): ListingId[] {
  return [firstId, secondId].map((id) => uuidToId(entityOfKind[kind], id))
}
