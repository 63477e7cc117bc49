import type { Db } from '../../db/client.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { marketTree } from '../markets/index.ts'
import { listIntroductions as listRows } from './introduction-repo.ts'
import { assertRelated, relationTo } from './policy.ts'
import { type IntroductionView, viewsOf } from './read-introduction.ts'
import type { ListIntroductionsQuery } from './schemas.ts'

type Input = { query: ListIntroductionsQuery; page: PageRequest }

/** Introductions of the actor's organisation, of the actor as broker, and for operators those of their markets. */
export async function listIntroductions(
  { db }: { db: Db },
  actor: Principal,
  { query: { state }, page }: Input,
): Promise<PageOf<IntroductionView>> {
  const markets = actor.role === 'operator' ? await marketTree(db, actor.market) : []
  const { orgId, userId } = actor
  const { items, next } = await listRows(db, { orgId, userId, markets, state }, page)
  const related = items.map((introduction) => {
    const line = markets.includes(introduction.market) ? [actor.market] : []
    return { introduction, relation: assertRelated(relationTo(introduction, actor, line)) }
  })
  return { items: await viewsOf(db, related), ...(next && { next }) }
}
