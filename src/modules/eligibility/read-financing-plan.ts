import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { findListings, type Listing } from '../listings/index.ts'
import { readMatch } from '../matching/index.ts'
import { notFoundAs } from './not-found-as.ts'
import { type FinancingPlans, planFinancing } from './plan-financing.ts'
import { readSubjectFacts } from './subject-facts.ts'

export type ReadFinancingPlan = { matchId: Id<'match'>; priceFen?: number | undefined }

/**
 * Achievement × demand × money: the plan by which the demand's owner could pay for the match. The price is the one asked for,
 * else the supply's, else the demand's budget. Others than the demand's owner and its operator do not see its finances.
 * @throws NOT_FOUND, VALIDATION_FAILED without any price.
 */
export async function readFinancingPlan(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { matchId, priceFen }: ReadFinancingPlan,
): Promise<FinancingPlans> {
  const { match } = await readMatch(deps, actor, matchId)
  const subject = await notFoundAs('match', readSubjectFacts(deps, actor, { organisationId: match.demandOrgId }))
  const listings = await findListings(deps.db, [match.supplyId, match.demandId])
  const bySide = (id: string) => listings.find((listing) => listing.id === id)
  const price = priceFen ?? priceOf(bySide(match.supplyId)) ?? priceOf(bySide(match.demandId))
  if (price === undefined) throw priceUnknown()
  return planFinancing(deps.db, subject, price)
}

/** The upper end of a range: what may have to be paid. */
export function priceOf(listing: Listing | undefined): number | undefined {
  return listing?.facets.priceMaxFen ?? listing?.facets.priceMinFen
}

export function priceUnknown(): AppError {
  const message = 'neither side names a price; say the one to plan for'
  return new AppError('VALIDATION_FAILED', 'There is no price to plan for.', {
    errors: [{ location: 'query', pointer: '#/priceFen', code: 'price_unknown', message }],
  })
}
