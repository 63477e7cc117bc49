import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { marketTree } from '../markets/index.ts'
import { listEnquiries as listRows } from './enquiry-repo.ts'
import { enquiryRelation } from './policy.ts'
import { type EnquiryView, viewsOf } from './read-enquiry.ts'
import type { ListEnquiriesQuery } from './schemas.ts'

type Input = { query: ListEnquiriesQuery; page: PageRequest }

/** Enquiries of the actor's organisation on either side, and for operators those about supplies of their markets. */
export async function listEnquiries(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { query: { state }, page }: Input,
): Promise<PageOf<EnquiryView>> {
  const markets = actor.role === 'operator' ? await marketTree(deps.db, actor.market) : []
  const { items, next } = await listRows(deps.db, { orgId: actor.orgId, markets, state }, page)
  const related = items.map((enquiry) => {
    const line = markets.includes(enquiry.market) ? [actor.market] : []
    return { enquiry, relation: enquiryRelation(enquiry, actor, line) }
  })
  return { items: await viewsOf(deps, related), ...(next && { next }) }
}
