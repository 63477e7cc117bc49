import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { marketTree } from '../markets/index.ts'
import { type EntryView, listEntries as listRows } from './entry-view.ts'
import type { ListEntriesQuery } from './schemas.ts'

/**
 * What an organisation's users did, for its owner; for an operator, what was done by the organisations of the operator's
 * market and its branches. @throws NOT_FOUND when an owner names another organisation.
 */
export async function listEntries(
  deps: { db: Db },
  actor: Principal,
  { query, page }: { query: ListEntriesQuery; page: PageRequest },
): Promise<PageOf<EntryView>> {
  const { organisationId, userId, action, objectId, from, to } = query
  const isOperator = actor.role === 'operator'
  if (!isOperator && organisationId !== undefined && organisationId !== actor.orgId) throw notFound('organisation')
  const filter = {
    ...{ userId, action, objectId, orgId: isOperator ? organisationId : actor.orgId },
    markets: isOperator ? await marketTree(deps.db, actor.market) : undefined,
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
  }
  return listRows(deps.db, filter, page)
}
