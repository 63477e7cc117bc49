import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type DepositEntryRow, listDepositEntries } from './deposit-repo.ts'
import { getLot } from './lot-repo.ts'
import { assertMaySee, isOperatorOf } from './policy.ts'
import { getRegistration, listRegistrations, type Registration } from './registration-repo.ts'

/** The operator sees all who registered; everybody else its own registration alone, the seller included. */
export async function readRegistrations(
  deps: { db: Db },
  actor: Principal,
  { id, page }: { id: Id<'auction'>; page: PageRequest },
): Promise<PageOf<Registration>> {
  const lot = await getLot(deps.db, id)
  await assertMaySee(deps.db, actor, lot)
  const seesAll = await isOperatorOf(deps.db, actor, lot.market)
  return listRegistrations(deps.db, { lotId: id, orgId: seesAll ? undefined : actor.orgId }, page)
}

/** The ledger of one deposit, for its bidder and the operator. @throws NOT_FOUND */
export async function readDeposit(
  deps: { db: Db },
  actor: Principal,
  id: Id<'auctionRegistration'>,
): Promise<DepositEntryRow[]> {
  const registration = await getRegistration(deps.db, id)
  const lot = await getLot(deps.db, registration.lotId)
  const maySee = registration.orgId === actor.orgId || (await isOperatorOf(deps.db, actor, lot.market))
  if (!maySee) throw notFound('registration')
  return listDepositEntries(deps.db, id)
}
