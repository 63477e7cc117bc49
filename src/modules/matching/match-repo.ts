import { and, asc, desc, eq, getTableColumns, gte, inArray, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { notFound } from '../../kernel/errors.ts'
import { type Id, idToUuid, uuidToId } from '../../kernel/ids.ts'
import { type Keyset, type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import { type MatchState, matches } from './table.ts'

/** A scored pair of a demand and a supply by one model version. */
export type Match = typeof matches.$inferSelect
export type Side = Id<'demand'> | Id<'supply'>

/** Those that exist, in no particular order. */
export async function findMatches(db: Db, ids: readonly Id<'match'>[]): Promise<Match[]> {
  if (ids.length === 0) return []
  return db
    .select()
    .from(matches)
    .where(inArray(matches.id, [...ids]))
}

/** @throws NOT_FOUND */
export async function getMatch(db: Db, id: Id<'match'>): Promise<Match> {
  const [match] = await findMatches(db, [id])
  if (match) return match
  throw notFound('match')
}

/** What tells whether a stored match is still the one that a run has found: all but its long parts. */
const planned = {
  id: matches.id,
  demandId: matches.demandId,
  supplyId: matches.supplyId,
  modelVersion: matches.modelVersion,
  score: matches.score,
  explanation: matches.explanation,
  state: matches.state,
  demandVersion: matches.demandVersion,
  supplyVersion: matches.supplyVersion,
  createdAt: matches.createdAt,
}
export type StoredMatch = Pick<Match, keyof typeof planned>

/** All matches of a listing, whatever their state. */
export async function listMatchesOf(db: Db, side: Side): Promise<StoredMatch[]> {
  return db.select(planned).from(matches).where(isOf(side))
}

/** As `listMatchesOf`, held until the transaction ends. In one order for all, so that two runs never wait for each other. */
export async function lockMatchesOf(tx: Tx, side: Side): Promise<StoredMatch[]> {
  return tx
    .select(planned)
    .from(matches)
    .where(isOf(side))
    .orderBy(asc(matches.demandId), asc(matches.supplyId))
    .for('update')
}

/**
 * Inserts matches, or brings undecided ones to these values; returns the ids that were written. A pair that another run
 * scored on a newer version of a listing, or that a broker has decided, stays as it is. One parameter for all rows:
 * building a statement with a thousand of them took longer than running it.
 */
export async function upsertMatches(tx: Tx, rows: readonly Match[]): Promise<Id<'match'>[]> {
  if (rows.length === 0) return []
  const sorted = [...rows].sort((a, b) => (a.demandId + a.supplyId < b.demandId + b.supplyId ? -1 : 1))
  const { rows: written } = await tx.execute<{ id: string }>(sql`
    insert into matches as stored (${columnsOf()})
    select ${columnsOf()} from jsonb_populate_recordset(null::matches, ${JSON.stringify(sorted.map(toRow))}::jsonb)
    on conflict (demand_id, supply_id) do update set ${sql.raw(
      overwritten.map((column) => `${matches[column].name} = excluded.${matches[column].name}`).join(', '),
    )}
    where stored.state in ('proposed', 'stale')
      and stored.demand_version <= excluded.demand_version and stored.supply_version <= excluded.supply_version
    returning stored.id`)
  return written.map(({ id }) => uuidToId('match', id))
}

const allColumns = Object.keys(getTableColumns(matches)) as (keyof Match)[]

function columnsOf(): SQL {
  return sql.raw(allColumns.map((column) => matches[column].name).join(', '))
}

/** As JSON by the names of the columns; ids as UUIDs. */
function toRow(match: Match): Record<string, unknown> {
  const uuids = { id: idToUuid(match.id), demandId: idToUuid(match.demandId), supplyId: idToUuid(match.supplyId) }
  const organisations = { demandOrgId: idToUuid(match.demandOrgId), supplyOrgId: idToUuid(match.supplyOrgId) }
  const row = { ...match, ...uuids, ...organisations, history: match.history.map(idToUuid) }
  return Object.fromEntries(allColumns.map((column) => [matches[column].name, row[column]]))
}

const overwritten = [
  ...(['modelVersion', 'textModelVersion', 'score', 'level', 'parts', 'gates', 'explanation', 'market'] as const),
  ...(['demandOrgId', 'supplyOrgId', 'demandVersion', 'supplyVersion', 'history', 'state', 'updatedAt'] as const),
]

/** Takes undecided matches off the table; returns those that were there. */
export async function updateToStale(tx: Tx, ids: readonly Id<'match'>[], at: Date): Promise<Id<'match'>[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .update(matches)
    .set({ state: 'stale', updatedAt: at })
    .where(and(inArray(matches.id, [...ids]), eq(matches.state, 'proposed')))
    .returning({ id: matches.id })
  return rows.map(({ id }) => id)
}

/** The demand of the match, when it was in one of these states. */
export async function updateToDecided(
  tx: Tx,
  id: Id<'match'>,
  change: { to: 'approved' | 'rejected'; from: readonly MatchState[]; at: Date },
): Promise<Id<'demand'> | undefined> {
  const [row] = await tx
    .update(matches)
    .set({ state: change.to, decidedAt: change.at, updatedAt: change.at })
    .where(and(eq(matches.id, id), inArray(matches.state, [...change.from])))
    .returning({ demandId: matches.demandId })
  return row?.demandId
}

export type MatchFilter = {
  side: Side
  states: readonly MatchState[]
  minScore?: number | undefined
  /** Home markets of the demands; all when absent. */
  markets?: readonly string[] | undefined
}

/** Best first. The keyset is score and id; a score as text keeps all its bits. */
export async function listMatches(db: Db, filter: MatchFilter, page: PageRequest): Promise<PageOf<Match>> {
  const rows = await db
    .select()
    .from(matches)
    .where(
      and(
        isOf(filter.side),
        inArray(matches.state, [...filter.states]),
        filter.minScore === undefined ? undefined : gte(matches.score, filter.minScore),
        filter.markets && inArray(matches.market, [...filter.markets]),
        page.after && isAfter(page.after),
      ),
    )
    .orderBy(desc(matches.score), desc(matches.id))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, ({ score, id }) => [String(score), id])
}

function isOf(side: Side): SQL {
  return side.startsWith('dem_')
    ? eq(matches.demandId, side as Id<'demand'>)
    : eq(matches.supplyId, side as Id<'supply'>)
}

function isAfter([score = '', id = '']: Keyset): SQL {
  return sql`(${matches.score}, ${matches.id}) < (${Number(score)}::float8, ${sql.param(id, matches.id)}::uuid)`
}
