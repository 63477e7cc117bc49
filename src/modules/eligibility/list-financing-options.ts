import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Facts } from '../../rules/index.ts'
import { findListing } from '../listings/index.ts'
import type { Option } from './domain/plan/option.ts'
import { type JudgedProduct, judgeProducts } from './judge-products.ts'
import { notFoundAs } from './not-found-as.ts'
import { optionOf } from './option-of.ts'
import { priceOf } from './read-financing-plan.ts'
import { readSubjectFacts } from './subject-facts.ts'

/** A product with what it could bring to a demand: nothing when it fits no project of this price. */
export type FinancingOption = JudgedProduct & { option: Option | undefined }
export type FinancingOptions = { priceFen: number | undefined; options: FinancingOption[]; facts: Facts }

/** The products that the owner of a demand may have, or might with more evidence. @throws NOT_FOUND */
export async function listFinancingOptions(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { demandId, priceFen }: { demandId: Id<'demand'>; priceFen?: number | undefined },
): Promise<FinancingOptions> {
  const demand = await findListing(deps.db, demandId)
  const isHidden = demand?.state === 'draft' && demand.orgId !== actor.orgId
  if (demand === undefined || isHidden) throw notFound('demand')
  const subject = await notFoundAs('demand', readSubjectFacts(deps, actor, { organisationId: demand.orgId }))
  const price = priceFen ?? priceOf(demand)
  const judged = (await judgeProducts(deps.db, subject)).filter(({ judged: { answer } }) => answer !== 'no')
  const options = judged.map((one) => ({
    ...one,
    option: price === undefined ? undefined : optionOf({ ...one.product, priceFen: price, day: subject.day }),
  }))
  return { priceFen: price, options, facts: subject.facts }
}
