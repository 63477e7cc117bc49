import type { Db } from '../../db/client.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { marketTree } from '../markets/index.ts'
import type { Verification } from './domain/verification.ts'
import { listOrganisationsOf, type Organisation } from './organisation-repo.ts'

type Filter = { verification?: Verification | undefined; page: PageRequest }

/** The organisations of the operator's market and its branches, oldest first. */
export async function listOrganisations(
  deps: { db: Db },
  actor: Principal,
  { verification, page }: Filter,
): Promise<PageOf<Organisation>> {
  const markets = await marketTree(deps.db, actor.market)
  return listOrganisationsOf(deps.db, { markets, verification }, page)
}
