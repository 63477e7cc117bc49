import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Assumption, Facts } from '../../rules/index.ts'
import { judgeProduct } from './domain/judge-product.ts'
import type { JudgedProduct } from './judge-products.ts'
import { productsOnOffer } from './products-on-offer.ts'
import { readSubjectFacts } from './subject-facts.ts'

export type CheckEligibility = {
  productId: Id<'financeProduct'>
  organisationId?: Id<'organisation'> | undefined
  assumptions?: readonly Assumption[] | undefined
}

/** One product for one organisation (the actor's own by default), rule by rule, also under assumptions. Stores nothing. */
export async function checkEligibility(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { productId, organisationId = actor.orgId, assumptions }: CheckEligibility,
): Promise<JudgedProduct & { facts: Facts }> {
  const { facts, day, markets } = await readSubjectFacts(deps, actor, { organisationId, assumptions })
  const product = (await productsOnOffer(deps.db, markets)).find(({ id }) => id === productId)
  if (product === undefined) throw notFound('finance product')
  return { product, judged: judgeProduct(product, facts, day), facts }
}
