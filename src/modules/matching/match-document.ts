import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { type Id, idToUuid, newId } from '../../kernel/ids.ts'
import { appendEvents } from '../../outbox/append.ts'
import { type ActiveModels, activeModels } from './active-models.ts'
import { findDocument, lockDocuments, type MatchDocument, updateMatchedTitles } from './document-repo.ts'
import { prepare } from './domain/prepare.ts'
import { rank } from './domain/rank.ts'
import { findCandidates } from './find-candidates.ts'
import {
  listMatchesOf,
  lockMatchesOf,
  type Match,
  type Side,
  type StoredMatch,
  updateToStale,
  upsertMatches,
} from './match-repo.ts'
import { isDecided, planChanges } from './plan-changes.ts'
import { type Asker, type Counterpart, type Explained, explainPair, scoreHits, withOwnDecisions } from './score-hits.ts'
import { scoreInTurns } from './score-in-turns.ts'
import { activeScoreModel } from './score-model-cache.ts'
import { proposedEvents, withdrawnEvents } from './withdraw-matches.ts'

/**
 * Matches below it are nobody's time: an average pair that a platform's staff looked at has 0.07, unrelated ones 0.03.
 * Compared with the probability, not with the level.
 */
export const minScore = 0.2
const maxNewPerRun = 50

/**
 * Matches one document against the other side and stores the result. A match that the run would not rank among its best
 * 50 stays as long as its gates and score hold: the other side may have found it, and two runs must not undo each
 * other's work for ever. Returns whether the result was stored; it is not when a side changed meanwhile.
 */
export async function matchDocument(deps: { db: Db; clock: Clock }, id: Side): Promise<boolean> {
  const [document, models] = await Promise.all([findDocument(deps.db, id), activeModels(deps.db)])
  if (document === undefined) return true
  const { facts } = document
  const prepared = prepare(facts, models.textModel)
  const asker = { facts, ...models, today: chinaDay(deps.clock.now()) }
  // The candidates come first: their scan waits for its statements, and the decisions are wanted after it.
  const [others, own] = await Promise.all([
    listOthers(deps.db, id, { ...asker, own: prepared }),
    withOwnDecisions(deps.db, prepared, models.scoreModel),
  ])
  const found = await chooseCounterparts(deps.db, id, { ...asker, own }, others)
  const now = deps.clock.now()
  const rows = found.map((one) => toMatch(document, one, explainPair(own, one.prepared, models.scoreModel), now))
  return storeMatches(deps, { id, document, models, rows, now })
}

/** What is stored of the listing already, and whom it might match besides. */
type Others = { stored: StoredMatch[]; candidates: string[] }

async function listOthers(db: Db, id: Side, asker: Asker): Promise<Others> {
  const [stored, candidates] = await Promise.all([
    listMatchesOf(db, id),
    findCandidates(db, asker, { gatedOn: asker.today }),
  ])
  return { stored, candidates }
}

async function chooseCounterparts(
  db: Db,
  id: Side,
  asker: Asker,
  { stored, candidates }: Others,
): Promise<Counterpart[]> {
  const settled = new Set(stored.filter(isDecided).map((match) => counterpartOf(match, id)))
  const open = new Set(stored.filter(({ state }) => state === 'proposed').map((match) => counterpartOf(match, id)))
  const hits = candidates.filter((uuid) => !settled.has(uuid))
  const known = new Set(hits)
  const scored = [
    ...(await scoreHits(
      db,
      asker,
      [...open].filter((uuid) => !known.has(uuid)),
    )),
    ...(await scoreInTurns(db, asker, { hits, wanted: maxNewPerRun, threshold: minScore })),
  ]
  const best = rank(scored, { threshold: minScore, limit: maxNewPerRun })
  const chosen = new Set(best.map((counterpart) => counterpart.id))
  const isKept = (other: Counterpart) =>
    open.has(idToUuid(other.id)) && !chosen.has(other.id) && other.value >= minScore
  return [...best, ...(open.size > 0 ? scored.filter(isKept) : [])]
}

/** The UUID of the other side. */
function counterpartOf({ demandId, supplyId }: Pick<Match, 'demandId' | 'supplyId'>, id: Side): string {
  return idToUuid(demandId === id ? supplyId : demandId)
}

type Run = {
  id: Side
  document: MatchDocument
  models: ActiveModels
  rows: Match[]
  now: Date
}

/** Holds the documents while it writes, so that a listing which leaves the market takes these matches with it. */
async function storeMatches(deps: { db: Db }, { id, document, models, rows, now }: Run): Promise<boolean> {
  return withTx(deps.db, async (tx) => {
    const versions = await lockDocuments(tx, [id, ...rows.flatMap(({ demandId, supplyId }) => [demandId, supplyId])])
    if (versions.get(id) !== document.version) return false
    // Another model came into force meanwhile: the run that follows its activation may be over already.
    if ((await activeScoreModel(tx)).version !== models.scoreModel.version) return false
    const standing = rows.filter(({ demandId, supplyId }) => versions.has(demandId) && versions.has(supplyId))
    const isCurrent = ({ demandId, supplyId, demandVersion, supplyVersion }: Match) =>
      versions.get(demandId) === demandVersion && versions.get(supplyId) === supplyVersion
    if (!standing.every(isCurrent)) return false
    const { upserts, fallen, news } = planChanges(await lockMatchesOf(tx, id), standing)
    const written = await upsertMatches(tx, upserts)
    const stale = await updateToStale(tx, fallen, now)
    // An id that is not ours belongs to a pair which another run inserted since the lock: news to whoever follows us too.
    const proposed = written.filter((matchId) => news.has(matchId) || !upserts.some((row) => row.id === matchId))
    await appendEvents(tx, [...proposedEvents(id, proposed, now), ...withdrawnEvents(stale, now)])
    if (document.matchedTitles !== models.titles) await updateMatchedTitles(tx, id, models.titles)
    return true
  })
}

function toMatch(
  document: MatchDocument,
  counterpart: Counterpart,
  { score, explanation, decided }: Explained,
  now: Date,
): Match {
  const { prepared, version } = counterpart
  const isDemand = document.facts.kind === 'demand'
  const [demand, supply] = isDemand ? [document.facts, prepared.facts] : [prepared.facts, document.facts]
  return {
    id: newId('match'),
    demandId: demand.id as Id<'demand'>,
    supplyId: supply.id as Id<'supply'>,
    modelVersion: score.modelVersion,
    textModelVersion: prepared.textModel.version,
    score: score.value,
    level: score.level,
    parts: score.parts,
    gates: [],
    explanation,
    market: demand.market,
    demandOrgId: demand.orgId as Id<'organisation'>,
    supplyOrgId: supply.orgId as Id<'organisation'>,
    demandVersion: isDemand ? document.version : version,
    supplyVersion: isDemand ? version : document.version,
    history: decided,
    state: 'proposed',
    decidedAt: null,
    createdAt: now,
    updatedAt: now,
  }
}
