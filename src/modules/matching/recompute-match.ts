import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { findDecisions } from './decision-repo.ts'
import { findDocument } from './document-repo.ts'
import { prepare } from './domain/prepare.ts'
import { getMatch, type Match } from './match-repo.ts'
import { inform } from './prepare-history.ts'
import { explainPair } from './score-hits.ts'
import { getScoreModel } from './score-model-cache.ts'
import { findTextModel } from './text-model-cache.ts'
import { asWhenScored } from './with-answering-times.ts'

export type Recomputed =
  | { status: 'identical' }
  /** Another listing version scores otherwise: no difference of the engine's. */
  | { status: 'changed_listing'; reason: string }
  | { status: 'not_recomputable'; reason: string }
  | { status: 'different'; differences: { field: string; stored: unknown; computed: unknown }[] }

/**
 * Scores a stored match again with the models, decisions, answering times and listing facts it was made with. Equal means equal bytes:
 * the parts are compared as JSON and the score with all its bits. @throws NOT_FOUND
 */
export async function recomputeMatch(db: Db, id: Id<'match'>): Promise<Recomputed> {
  const match = await getMatch(db, id)
  const [demand, supply] = await Promise.all([findDocument(db, match.demandId), findDocument(db, match.supplyId)])
  if (demand === undefined || supply === undefined) return gone('a listing has left the market, and its facts with it')
  if (demand.version !== match.demandVersion) return changed('demand', match.demandVersion, demand.version)
  if (supply.version !== match.supplyVersion) return changed('supply', match.supplyVersion, supply.version)
  const textModel = await findTextModel(db, match.textModelVersion)
  if (textModel === undefined) return gone(`text model ${match.textModelVersion} is no longer stored`)
  const model = await getScoreModel(db, match.modelVersion.split('/')[0] ?? '')
  const history = await findDecisions(db, match.history)
  const informed = inform(prepare(asWhenScored(demand.facts, match.parts), textModel), history, model)
  const { score, explanation } = explainPair(
    informed,
    prepare(asWhenScored(supply.facts, match.parts), textModel),
    model,
  )
  const { value, level, modelVersion, parts } = score
  const computed = { score: value, level, modelVersion, parts, explanation }
  const differences = differencesOf(match, computed)
  return differences.length === 0 ? { status: 'identical' } : { status: 'different', differences }
}

type Computed = Pick<Match, 'score' | 'level' | 'modelVersion' | 'parts' | 'explanation'>

function differencesOf(match: Match, computed: Computed) {
  const fields = ['modelVersion', 'score', 'level', 'parts', 'explanation'] as const
  return fields.flatMap((field) =>
    canonical(match[field]) === canonical(computed[field])
      ? []
      : [{ field, stored: match[field], computed: computed[field] }],
  )
}

/** jsonb keeps no order of keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

function gone(reason: string): Recomputed {
  return { status: 'not_recomputable', reason }
}

function changed(side: string, stored: number, now: number): Recomputed {
  const reason = `the match was scored on version ${stored} of the ${side}, which has version ${now} now`
  return { status: 'changed_listing', reason }
}
