import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { newId } from '../../kernel/ids.ts'
import type { ListingId, ListingKind } from '../listings/index.ts'
import { type Candidate, upsertCandidates } from './candidate-repo.ts'
import { type BandIndex, bandIndex } from './domain/band-index.ts'
import { type DuplicateReason, textReason } from './domain/candidate.ts'
import { similarityOf } from './domain/min-hash.ts'
import { signatureOf } from './signature-of.ts'
import {
  deleteSignatures,
  findMinHashes,
  listBands,
  listSharedNumbers,
  listUncomparedKinds,
  markCompared,
  upsertSignatures,
} from './signature-repo.ts'
import { findOwners, listSignedElsewhere, listUnsigned, type Unsigned } from './unsigned-view.ts'

type Deps = { db: Db; clock: Clock }

const BATCH_SIZE = 500

/**
 * Looks for duplicates among the published listings: signs those that are new or changed, compares them with all others of
 * their kind, and keeps the pairs that an operator should see. What was done is stored batch by batch, so a run that was
 * killed is taken up by the next one. 100,000 new listings take some 40 s.
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
  const all = await listBands(db, kind)
  const ids = all.map(({ listingId }) => listingId)
  const bands = all.map((each) => each.bands)
  const index = bandIndex(bands)
  const fresh = all.flatMap(({ isCompared }, place) => (isCompared ? [] : [place]))
  for (let start = 0; start < fresh.length; start += BATCH_SIZE) {
    const places = fresh.slice(start, start + BATCH_SIZE)
    const pairs = pairsOf(places, { ids, bands, index })
    const candidates = await alikeTexts(db, kind, { pairs, now })
    await withTx(db, async (tx) => {
      await upsertCandidates(tx, candidates)
      await markCompared(
        tx,
        places.map((place) => ids[place] ?? ''),
      )
    })
  }
}

type Pair = [firstId: string, secondId: string]
type Indexed = { ids: readonly string[]; bands: readonly number[][]; index: BandIndex }

/** Each pair once, the smaller id first. */
function pairsOf(places: readonly number[], { ids, bands, index }: Indexed): Pair[] {
  const pairs = new Map<string, Pair>()
  for (const place of places) {
    for (const other of index.alike(place, bands[place] ?? [])) {
      const pair: Pair = [ids[Math.min(place, other)] ?? '', ids[Math.max(place, other)] ?? '']
      pairs.set(pair.join(), pair)
    }
  }
  return [...pairs.values()]
}

async function alikeTexts(
  db: Db,
  kind: ListingKind,
  { pairs, now }: { pairs: readonly Pair[]; now: Date },
): Promise<Candidate[]> {
  const ids = [...new Set(pairs.flat())]
  const hashes = await findMinHashes(db, ids)
  const owners = kind === 'demand' ? await findOwners(db, ids) : new Map<string, string>()
  return pairs.flatMap(([firstId, secondId]) => {
    const [one, other] = [hashes.get(firstId), hashes.get(secondId)]
    if (one === undefined || other === undefined) return []
    const similarity = similarityOf(one, other)
    const isOneOwner = owners.get(firstId) === owners.get(secondId)
    const reason = textReason(similarity, { kind, isOneOwner })
    return reason ? [candidate(kind, [firstId, secondId], { reasons: [reason], similarity, now })] : []
  })
}

function candidate(
  kind: ListingKind,
  [firstId, secondId]: Pair,
  { reasons, similarity, now }: { reasons: DuplicateReason[]; similarity: number | null; now: Date },
): Candidate {
  return {
    ...{ id: newId('duplicateCandidate'), kind, firstId, secondId, reasons, similarity, state: 'open' as const },
    ...{ decidedBy: null, decidedAt: null, survivorId: null, createdAt: now },
  }
}
