import { eq } from 'drizzle-orm'
import { memoryLiveChannel } from '../../../src/adapters/live/memory.ts'
import type { Db } from '../../../src/db/client.ts'
import { addDays, type Clock, chinaDay, systemClock } from '../../../src/kernel/clock.ts'
import { type Id, newId } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { announceLot } from '../../../src/modules/auctions/announce-lot.ts'
import { createLot } from '../../../src/modules/auctions/create-lot.ts'
import { createSeason } from '../../../src/modules/auctions/create-season.ts'
import { createSession } from '../../../src/modules/auctions/create-session.ts'
import { decideRegistration } from '../../../src/modules/auctions/decide-registration.ts'
import { termsText } from '../../../src/modules/auctions/domain/chain.ts'
import { sha256 } from '../../../src/modules/auctions/hashing.ts'
import { getLot, type Lot } from '../../../src/modules/auctions/lot-repo.ts'
import { placeBid } from '../../../src/modules/auctions/place-bid.ts'
import { publishedTerms } from '../../../src/modules/auctions/published-terms.ts'
import { registerBidder } from '../../../src/modules/auctions/register-bidder.ts'
import type { CreateLotBody } from '../../../src/modules/auctions/schemas.ts'
import { auctionBooks, auctionLots } from '../../../src/modules/auctions/table.ts'
import { given } from '../../support/given.ts'
import { testVault } from '../../support/vault.ts'

export const live = memoryLiveChannel()
export const vault = testVault
const yuan = 100

/** Bids are measured by the database's clock, so a lot that runs now was announced by a clock that lags. */
export const lagging = (days: number): Clock => ({ now: () => addDays(systemClock.now(), -days) })

export type AuctionScene = Awaited<ReturnType<typeof givenAuction>>

/** A market with operator, season and session, a seller with a published supply, and an announced lot that is open. */
export async function givenAuction(db: Db, terms: Partial<CreateLotBody> = {}) {
  const clock = lagging(16)
  const deps = { db, clock, vault, live }
  const made = given(deps)
  await made.market({ code: 'ningbo', publishOnSubmit: true })
  const operator = await made.operator()
  const season = await createSeason(deps, operator, {
    ...{ market: 'ningbo', name: '2024 拍卖季', startsOn: '2024-09-01', endsOn: '2024-12-31' },
  })
  const session = await createSession(deps, operator, {
    ...{ seasonId: season.id, title: '智能制造专场', fields: ['advanced-manufacturing'], heldOn: '2024-11-11' },
  })
  const newLot = async (change: Partial<CreateLotBody> = {}, by?: Principal) => {
    const offered = { cooperationModes: ['assignment', 'ordinary_licence'], ...(by && { by }) }
    const supply = await made.publishedSupply(offered)
    const body = aLot({ sessionId: session.id, supplyId: supply.listing.id as Id<'supply'>, ...terms, ...change })
    const draft = await createLot(deps, supply.owner, body)
    return { seller: supply.owner, lot: await announceLot(deps, operator, draft.id) }
  }
  const first = await newLot()
  const bidder = (lotId: Id<'auction'> = first.lot.id) => givenBidder({ db, clock }, made, { operator, lotId })
  return { ...first, operator, season, session, made, deps, newLot, bidder }
}

/** Start 1,000 yuan, steps of 100 yuan and from 5,000 yuan on of 500 yuan, reserve 2,000 yuan, open since a minute. */
export function aLot(change: Partial<CreateLotBody> & Pick<CreateLotBody, 'sessionId' | 'supplyId'>): CreateLotBody {
  const now = systemClock.now()
  return {
    saleMode: 'assignment',
    startFen: 1_000 * yuan,
    ladder: [
      { fromFen: 0, stepFen: 100 * yuan },
      { fromFen: 5_000 * yuan, stepFen: 500 * yuan },
    ],
    reserveFen: 2_000 * yuan,
    depositFen: 100 * yuan,
    valuationFen: 1_200 * yuan,
    valuedOn: chinaDay(addDays(now, -60)),
    valuedBy: '示范资产评估有限公司',
    requiredQualifications: [],
    priorityOrganisationIds: [],
    relatedOrganisationIds: [],
    opensAt: new Date(now.getTime() - 60_000).toISOString(),
    endsAt: addDays(now, 2).toISOString(),
    ...change,
  }
}

type Made = ReturnType<typeof given>

/** The owner of a new enterprise, admitted to the lot. */
export async function givenBidder(
  deps: { db: Db; clock: Clock },
  made: Made,
  { operator, lotId }: { operator: Principal; lotId: Id<'auction'> },
) {
  const principal = await made.organisation()
  return { principal, registration: await admit(deps, { principal, operator, lotId }) }
}

export async function admit(
  deps: { db: Db; clock: Clock },
  { principal, operator, lotId }: { principal: Principal; operator: Principal; lotId: Id<'auction'> },
) {
  const { registration } = await registerBidder(deps, principal, {
    ...{ id: lotId, acceptsTerms: true, claimsPriority: false, relatedOrganisationIds: [] },
  })
  const decision = { id: registration.id, decision: 'admit', depositReference: '银行回单 1' } as const
  return decideRegistration(deps, operator, decision)
}

/** A bid under a new key. */
export function bid(db: Db, who: Principal, lotId: Id<'auction'>, limitFen: number, isMaximum = false) {
  return placeBid({ db, live }, who, { lotId, limitFen, isMaximum, key: newId('event') })
}

/**
 * Gives a lot without bids another end and another soft close, as if it had been announced with them: terms, hash and book
 * agree, so that its record can be verified. Seconds instead of the days and minutes of the rules.
 */
export async function shorten(
  db: Db,
  lotId: Id<'auction'>,
  { endsInMs, softCloseMs, capMs = 60_000 }: { endsInMs: number; softCloseMs: number; capMs?: number },
): Promise<Lot> {
  const lot = await getLot(db, lotId)
  if (lot.rules === null || lot.rulesVersion === null) throw new Error('announce the lot first')
  const plannedEndsAt = new Date(systemClock.now().getTime() + endsInMs)
  const rules = { ...lot.rules, softCloseMinutes: softCloseMs / 60_000, extensionCapHours: capMs / 3_600_000 }
  const terms = publishedTerms({ ...lot, plannedEndsAt }, lot.rulesVersion, rules)
  const termsHash = sha256(termsText(terms))
  const hardEndsAt = new Date(terms.hardEndsAt)
  await db.update(auctionLots).set({ plannedEndsAt, rules, termsHash }).where(eq(auctionLots.id, lotId))
  await db
    .update(auctionBooks)
    .set({ endsAt: plannedEndsAt, hardEndsAt, softCloseMs: terms.softCloseMs, lastHash: termsHash })
    .where(eq(auctionBooks.lotId, lotId))
  return getLot(db, lotId)
}

/** Lets bidding end now. The record no longer verifies: use `shorten` where that matters. */
export async function endNow(db: Db, lotId: Id<'auction'>): Promise<void> {
  await db.update(auctionBooks).set({ endsAt: systemClock.now() }).where(eq(auctionBooks.lotId, lotId))
}
