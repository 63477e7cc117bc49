import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { listMarkets, marketTree } from '../markets/index.ts'
import { assertKeepsPools, keepsPools } from './desk.ts'
import { type BookedJournal, listJournals } from './ledger-repo.ts'
import { listMembers, type Member } from './member-repo.ts'
import { getPool, listPools, type PoolId, type RiskPool } from './pool-repo.ts'

/** The pools of a market and its branches, or all, newest first. @throws NOT_FOUND for an unknown market. */
export async function readPools(
  db: Db,
  { market, page }: { market?: string | undefined; page: PageRequest },
): Promise<PageOf<RiskPool>> {
  const markets = market === undefined ? (await listMarkets(db)).map(({ code }) => code) : await marketTree(db, market)
  if (markets.length === 0) throw notFound('market')
  return listPools(db, markets, page)
}

type Asked = { poolId: PoolId; page: PageRequest }

/** The enrolment list: all of it for the desk, everybody else its own entry. @throws NOT_FOUND */
export async function readMembers(db: Db, actor: Principal, { poolId, page }: Asked): Promise<PageOf<Member>> {
  const { market } = await getPool(db, poolId)
  const isKeeper = await keepsPools(db, actor, market)
  return listMembers(db, { poolId, ...(!isKeeper && { orgId: actor.orgId }) }, page)
}

/** Every movement of money, newest first, for the desk: it names applications. @throws NOT_FOUND */
export async function readLedger(db: Db, actor: Principal, { poolId, page }: Asked): Promise<PageOf<BookedJournal>> {
  await assertKeepsPools(db, actor, (await getPool(db, poolId)).market)
  return listJournals(db, poolId, page)
}
