import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Answer, Facts } from '../../rules/index.ts'
import { type JudgedProduct, judgeProducts, rankOf } from './judge-products.ts'
import type { ProductRow } from './product-view.ts'
import { readSubjectFacts } from './subject-facts.ts'

export type ListEligible = {
  organisationId: Id<'organisation'>
  answer?: Answer | undefined
  kind?: string | undefined
  within?: Within | undefined
  page: PageRequest
}
/** Filters of the public list; a region by the beginning of its code. */
type Within = { markets?: readonly string[] | undefined; field?: string | undefined; region?: string | undefined }
export type EligiblePage = { page: PageOf<JudgedProduct>; facts: Facts }

/** The products on offer to an organisation with their answers, those it may have first. @throws NOT_FOUND */
export async function listEligibleProducts(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { organisationId, answer, kind, within, page }: ListEligible,
): Promise<EligiblePage> {
  const subject = await readSubjectFacts(deps, actor, { organisationId })
  const [rank, id] = page.after ?? []
  const isAfter = (one: JudgedProduct) =>
    rank === undefined || rankOf(one) > Number(rank) || (rankOf(one) === Number(rank) && one.product.id < (id ?? ''))
  const wanted = (await judgeProducts(deps.db, subject)).filter(
    (one) =>
      isAfter(one) &&
      isWithin(one.product, within) &&
      (answer === undefined || one.judged.answer === answer) &&
      (kind === undefined || one.product.details.productKind === kind),
  )
  const items = wanted.slice(0, page.limit + 1)
  return { page: pageOf(items, page.limit, (one) => [String(rankOf(one)), one.product.id]), facts: subject.facts }
}

function isWithin({ market, fields, region }: ProductRow, within: Within = {}): boolean {
  if (within.markets !== undefined && !within.markets.includes(market)) return false
  if (within.field !== undefined && !fields.includes(within.field)) return false
  return within.region === undefined || (region ?? '').startsWith(within.region)
}
