import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { newId } from '../../kernel/ids.ts'
import type { ListingId, ListingKind } from '../listings/index.ts'
import { type Candidate, upsertCandidates } from './candidate-repo.ts'
import { type BandIndex, bandIndex } from './domain/band-index.ts'
import { commonSimilarity, type DuplicateReason, duplicateSimilarity, textReason } from './domain/candidate.ts'
import { signatureOf } from './signature-of.ts'
import {
  deleteSignatures,
  listSharedNumbers,
  listUncomparedKinds,
  loadSignatures,
  markCompared,
  type SignedListings,
  upsertSignatures,
} from './signature-repo.ts'
import { findOwners, listSignedElsewhere, listUnsigned, type Unsigned } from './unsigned-view.ts'

type Deps = { db: Db; clock: Clock }

const BATCH_SIZE = 500

/**
 * Looks for duplicates among the published listings: signs those that are new or changed, compares them with all others of
 * their kind, and keeps the pairs that an operator should see. What was done is stored batch by batch, so a run that was
 * killed is taken up by the next one. A new listing takes 0.25 ms of Node's time.
 */
export async function checkListings({ db, clock }: Deps): Promise<undefined> {
  await forget(db)
  await sign(db)
  for (const kind of await listUncomparedKinds(db)) await compareKind({ db, clock }, kind)
}

/** What has left the market is compared with nothing. */
async function forget(db: Db): Promise<void> {
  let ids: ListingId[]
  do {
    ids = await listSignedElsewhere(db, BATCH_SIZE)
    await deleteSignatures(db, ids)
  } while (ids.length === BATCH_SIZE)
}

async function sign(db: Db): Promise<void> {
  let after: ListingId | undefined
  let listings: Unsigned[]
  do {
    listings = await listUnsigned(db, { after, limit: BATCH_SIZE })
    const signatures = listings.map(signatureOf)
    await withTx(db, (tx) => upsertSignatures(tx, signatures))
    after = listings.at(-1)?.id
  } while (listings.length === BATCH_SIZE)
}

/** Numbers first, in one statement; then texts, batch by batch of those that are new. */
async function compareKind({ db, clock }: Deps, kind: ListingKind): Promise<void> {
  const now = clock.now()
  const shared = await listSharedNumbers(db, kind)
  const numbered = shared.map(({ firstId, secondId, reasons }) =>
    candidate(kind, [firstId, secondId], { reasons, similarity: null, now }),
  )
  await withTx(db, (tx) => upsertCandidates(tx, numbered))
  const signed = await loadSignatures(db, kind)
  const index = bandIndex(signed.hashes)
  const fresh = signed.isCompared.flatMap((isCompared, place) => (isCompared ? [] : [place]))
  for (let start = 0; start < fresh.length; start += BATCH_SIZE) {
    const places = fresh.slice(start, start + BATCH_SIZE)
    const pairs = places.flatMap((place) => pairsOf(place, { kind, signed, index }))
    const owners = kind === 'demand' ? await findOwners(db, [...new Set(pairs.flatMap(({ ids }) => ids))]) : undefined
    await withTx(db, async (tx) => {
      await upsertCandidates(tx, candidatesOf(kind, { pairs, owners, now }))
      await markCompared(
        tx,
        places.map((place) => signed.ids[place] ?? ''),
      )
    })
  }
}

type Pair = { ids: [firstId: string, secondId: string]; similarity: number }
type Indexed = { kind: ListingKind; signed: SignedListings; index: BandIndex }

/** The pairs of a listing, the smaller id first; one of two new listings leaves the pair to the other. */
function pairsOf(place: number, { kind, signed: { ids, isCompared }, index }: Indexed): Pair[] {
  const least = kind === 'demand' ? commonSimilarity : duplicateSimilarity
  return index.alike(place, least).flatMap(({ place: other, similarity }) => {
    if (isCompared[other] === false && other < place) return []
    const pair: Pair['ids'] = [ids[Math.min(place, other)] ?? '', ids[Math.max(place, other)] ?? '']
    return [{ ids: pair, similarity }]
  })
}

type Compared = { pairs: readonly Pair[]; owners: ReadonlyMap<string, string> | undefined; now: Date }

function candidatesOf(kind: ListingKind, { pairs, owners, now }: Compared): Candidate[] {
  return pairs.flatMap(({ ids, similarity }) => {
    const [one, other] = ids.map((id) => owners?.get(id))
    const reason = textReason(similarity, { kind, isOneOwner: one === other })
    return reason ? [candidate(kind, ids, { reasons: [reason], similarity, now })] : []
  })
}

function candidate(
  kind: ListingKind,
  [firstId, secondId]: Pair['ids'],
  { reasons, similarity, now }: { reasons: DuplicateReason[]; similarity: number | null; now: Date },
): Candidate {
  return {
    ...{ id: newId('duplicateCandidate'), kind, firstId, secondId, reasons, similarity, state: 'open' as const },
    ...{ decidedBy: null, decidedAt: null, survivorId: null, createdAt: now },
  }
}
