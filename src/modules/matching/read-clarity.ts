import type { Db } from '../../db/client.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import {
  type Clarity,
  type ClarityTopic,
  type DemandDetails,
  demandClarity,
  unclearElements,
} from '../demands/index.ts'
import { findListings, type Listing, type ListingId } from '../listings/index.ts'
import { getMarket } from '../markets/index.ts'
import { activeModels } from './active-models.ts'
import { answerOf } from './candidate-answers.ts'
import { type OpenQuestion, orderQuestions, separatedBy } from './domain/clarity/questions.ts'
import { rank } from './domain/rank.ts'
import { factsOfDemand } from './facts-of-listing.ts'
import { findCandidates } from './find-candidates.ts'
import { readOwnListing } from './read-own-facts.ts'
import { scoreHits } from './score-hits.ts'

export type ClarityQuestion = OpenQuestion & { topic: ClarityTopic }

export type DemandClarity = {
  clarity: Clarity
  /** Least clarity that the demand's market takes. */
  minClarity: number
  /** How many candidates the questions were counted on. */
  candidates: number
  /** The best first; it is an element's, if any element is open. */
  questions: readonly ClarityQuestion[]
}

/** Those that a broker might see. */
const maxCandidates = 100

/**
 * How well a demand is specified, and what to ask next: the open question that would tell most of its present candidates apart.
 * Writes nothing. @throws NOT_FOUND for whoever neither owns it nor works in its market.
 */
export async function readClarity(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  id: Id<'demand'>,
): Promise<DemandClarity> {
  const demand = await readOwnListing(deps.db, actor, id)
  const { rules } = await getMarket(deps.db, demand.market)
  const clarity = demandClarity(demand)
  const candidates = await bestCandidates(deps, demand)
  const questions = openTopics(clarity, demand).map((open) => ({
    ...open,
    separates: separatedBy(candidates.map((supply) => answerOf(open.topic, supply))),
  }))
  return {
    clarity,
    minClarity: rules.minClarity,
    candidates: candidates.length,
    questions: orderQuestions(questions),
  }
}

/** A demand on its way to the market is asked about those it would meet there. */
async function bestCandidates({ db, clock }: { db: Db; clock: Clock }, demand: Listing): Promise<Listing[]> {
  const facts = { ...factsOfDemand(demand), state: 'published' }
  const asker = { ...(await activeModels(db)), facts, today: chinaDay(clock.now()) }
  const scored = await scoreHits(db, asker, await findCandidates(db, asker))
  const best = rank(scored, { threshold: 0, limit: maxCandidates })
  return findListings(
    db,
    best.map(({ id }) => id as ListingId),
  )
}

function openTopics(clarity: Clarity, { details }: Listing): Omit<ClarityQuestion, 'separates'>[] {
  const elements = unclearElements(clarity).map(({ element, weight, state }) => ({
    ...{ topic: element, weight, isMissing: state === 'missing' },
  }))
  const { preferredRegions = [] } = details as DemandDetails
  return preferredRegions.length > 0 ? elements : [...elements, { topic: 'region', weight: 0, isMissing: false }]
}
