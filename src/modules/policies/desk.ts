import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import { isSignedIn, type Principal, type Viewer } from '../../kernel/principal.ts'
import { marketAncestors, marketTree } from '../markets/index.ts'
import type { SeenBy } from './redemption-repo.ts'

/** Whether the viewer keeps the policies of a market: an operator of it or of one above. */
export async function keeps(db: Db, viewer: Viewer, market: string): Promise<boolean> {
  if (!isSignedIn(viewer) || viewer.role !== 'operator') return false
  return (await marketAncestors(db, market)).includes(viewer.market)
}

/** @throws NOT_FOUND for everybody else. */
export async function assertKeeps(db: Db, actor: Principal, market: string): Promise<void> {
  if (!(await keeps(db, actor, market))) throw notFound('policy')
}

/** The markets whose desk the viewer works at; none for everybody but operators. */
export async function marketsKeptBy(db: Db, viewer: Viewer): Promise<readonly string[]> {
  return isSignedIn(viewer) && viewer.role === 'operator' ? marketTree(db, viewer.market) : []
}

export async function seenBy(db: Db, actor: Principal): Promise<SeenBy> {
  return { orgId: actor.orgId, markets: await marketsKeptBy(db, actor) }
}
