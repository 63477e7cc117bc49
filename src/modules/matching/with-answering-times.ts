import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { findAnsweringTimes } from './answering-time-repo.ts'
import type { AnsweringTime } from './domain/answering-time.ts'
import type { Prepared } from './domain/prepare.ts'
import type { ScorePart } from './domain/score.ts'
import type { ScoreModel } from './domain/score-model.ts'
import type { Facts, ListingKind } from './domain/types.ts'

/**
 * The listings with how soon their owners answer. Read beside the documents and never kept in one, because it changes every night
 * and a prepared listing should not for it. A model that gives it no weight reads nothing.
 */
export async function withAnsweringTimes<H extends { prepared: Prepared }>(
  db: Db,
  hits: readonly H[],
  model: ScoreModel,
): Promise<H[]> {
  if (!model.features.some(({ feature }) => feature === 'responsiveness')) return [...hits]
  const owners = new Set(hits.map(({ prepared }) => prepared.facts.orgId as Id<'organisation'>))
  const times = await findAnsweringTimes(db, [...owners])
  return hits.map((hit) => {
    const { prepared } = hit
    return { ...hit, prepared: { ...prepared, facts: answeringAs(prepared.facts, times.get(prepared.facts.orgId)) } }
  })
}

/** The facts as they were when a score was made of them: the parts of the score keep what it knew of a side. */
export function asWhenScored(facts: Facts, parts: readonly ScorePart[]): Facts {
  return answeringAs(facts, toldOf(facts.kind, parts))
}

function toldOf(side: ListingKind, parts: readonly ScorePart[]): AnsweringTime | undefined {
  const told = parts
    .flatMap(({ evidence }) => evidence)
    .find((piece) => piece.kind === 'answering' && piece.side === side)
  return told?.kind === 'answering' ? { hours: told.hours, cases: told.cases } : undefined
}

function answeringAs(facts: Facts, answering: AnsweringTime | undefined): Facts {
  return answering === undefined ? facts : { ...facts, answering }
}
