import type { Db } from '../../db/client.ts'
import { addDays, type Clock } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { findListing, type Listing } from '../listings/index.ts'
import { type ComparableLot, listComparables } from './comparable-view.ts'
import { type InterestSummary, summarise } from './domain/interest.ts'
import type { SaleMode } from './domain/lot.ts'
import { guideReserve, type ReserveGuidance } from './domain/reserve-guidance.ts'
import { listInterestBands } from './interest-repo.ts'
import { isOperatorOf } from './policy.ts'

export type Proposed = { supplyId: Id<'supply'>; saleMode: SaleMode; valuationFen: number; reserveFen: number }
export type Guidance = ReserveGuidance & { interest: InterestSummary; comparables: ComparableLot[] }

/** What technologies go for changes: older sales say little about the next. */
const comparableForDays = 3 * 365

/** How many would bid for a supply and in which bands, for its owner and the operator. @throws NOT_FOUND */
export async function readInterest(
  deps: { db: Db },
  actor: Principal,
  supplyId: Id<'supply'>,
): Promise<InterestSummary> {
  await supplyOf(deps.db, actor, supplyId)
  return summarise(await listInterestBands(deps.db, supplyId))
}

/** How realistic a reserve is that nobody but the asker sees: it is neither stored nor logged. @throws NOT_FOUND */
export async function readGuidance(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { supplyId, saleMode, ...proposal }: Proposed,
): Promise<Guidance> {
  const supply = await supplyOf(deps.db, actor, supplyId)
  const interest = summarise(await listInterestBands(deps.db, supplyId))
  const since = addDays(deps.clock.now(), -comparableForDays)
  const comparables = await listComparables(deps.db, { saleMode, fields: supply.content.fields, since })
  return { ...guideReserve(proposal, comparables, interest), interest, comparables }
}

async function supplyOf(db: Db, actor: Principal, id: Id<'supply'>): Promise<Listing> {
  const supply = await findListing(db, id)
  const isHis = supply !== undefined && (supply.orgId === actor.orgId || (await isOperatorOf(db, actor, supply.market)))
  if (isHis) return supply
  throw notFound('supply')
}
