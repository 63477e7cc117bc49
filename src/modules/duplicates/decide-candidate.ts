import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError, invalidField, notFound } from '../../kernel/errors.ts'
import { type Id, idToUuid } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { moveAttachments } from '../attachments/index.ts'
import { findListings, type Listing, type ListingId, type ListingKinds, mergeListing } from '../listings/index.ts'
import { marketTree } from '../markets/index.ts'
import { type Candidate, lockCandidate, updateCandidate } from './candidate-repo.ts'
import { type CandidateState, mayMerge } from './domain/candidate.ts'
import { type CandidateView, idsOf, viewsOf } from './list-candidates.ts'
import { assertRuns } from './policy.ts'

type Deps = { db: Db; clock: Clock; listingKinds: ListingKinds }
export type Decision = { decision: 'merge'; survivorId: ListingId } | { decision: 'link' | 'dismiss' }

const stateAfter = { merge: 'merged', link: 'linked', dismiss: 'dismissed' } as const satisfies Record<
  Decision['decision'],
  CandidateState
>

/**
 * The operator's word on a pair: one listing takes the other in, both are linked, or they are two. Candidate, listings, history
 * and audit row change together. @throws NOT_FOUND, ALREADY_DECIDED, VALIDATION_FAILED for a merge across markets or of a third.
 */
export async function decideCandidate(
  deps: Deps,
  actor: Principal,
  { id, answer }: { id: Id<'duplicateCandidate'>; answer: Decision },
): Promise<CandidateView> {
  return withTx(deps.db, async (tx) => {
    const candidate = await lockCandidate(tx, id)
    const pair = await findListings(tx, idsOf(candidate))
    assertRuns(await marketTree(tx, actor.market), pair)
    if (candidate.state !== 'open') throw new AppError('ALREADY_DECIDED', 'Somebody has decided about this pair.')
    const survivorId = answer.decision === 'merge' ? answer.survivorId : undefined
    const movedFiles = survivorId && (await merge({ ...deps, db: tx }, actor, { pair, survivorId }))
    const decided = await settle(deps, tx, actor, { candidate, answer, survivorId, movedFiles })
    const [view] = await viewsOf(tx, [decided])
    if (view) return view
    throw notFound('duplicate candidate')
  })
}

/** @returns how many files the survivor got. */
async function merge(
  deps: Deps,
  actor: Principal,
  { pair, survivorId }: { pair: readonly Listing[]; survivorId: ListingId },
): Promise<number> {
  const survivor = pair.find((listing) => listing.id === survivorId)
  const merged = pair.find((listing) => listing.id !== survivorId)
  if (survivor === undefined || merged === undefined) {
    throw invalidField('#/survivorId', 'not_of_pair', 'is none of the two listings')
  }
  if (!mayMerge(survivor, merged)) {
    throw invalidField('#/decision', 'across_markets', 'listings of two markets are linked, not merged')
  }
  const definition = deps.listingKinds[merged.kind]
  await mergeListing(deps, actor, { definition, id: merged.id, survivorId: survivor.id })
  return moveAttachments(deps.db, { from: merged, to: survivor })
}

type Settled = {
  candidate: Candidate
  answer: Decision
  survivorId: ListingId | undefined
  movedFiles: number | undefined
}

async function settle(
  { clock }: Deps,
  tx: Tx,
  actor: Principal,
  { candidate, answer: { decision }, survivorId, movedFiles }: Settled,
): Promise<Candidate> {
  const at = clock.now()
  const values = {
    ...{ state: stateAfter[decision], decidedBy: actor.userId, decidedAt: at },
    survivorId: survivorId === undefined ? null : idToUuid(survivorId),
  }
  await updateCandidate(tx, candidate.id, values)
  await appendAudit(tx, {
    ...{ orgId: actor.orgId, userId: actor.userId, action: 'duplicate_candidate.decided', objectId: candidate.id, at },
    facts: { decision, listings: idsOf(candidate), ...(survivorId && { survivorId, movedFiles }) },
  })
  return { ...candidate, ...values }
}
