import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { addDays, systemClock } from '../../../src/kernel/clock.ts'
import { anonymous } from '../../../src/kernel/principal.ts'
import { answerOffer } from '../../../src/modules/auctions/answer-offer.ts'
import { listAwards } from '../../../src/modules/auctions/award-repo.ts'
import { claimPriority } from '../../../src/modules/auctions/claim-priority.ts'
import { closeLot } from '../../../src/modules/auctions/close-lot.ts'
import { decideRegistration } from '../../../src/modules/auctions/decide-registration.ts'
import { defaultAward } from '../../../src/modules/auctions/default-award.ts'
import { verifyAudit } from '../../../src/modules/auctions/domain/verify-audit.ts'
import { sha256 } from '../../../src/modules/auctions/hashing.ts'
import { getLot } from '../../../src/modules/auctions/lot-repo.ts'
import { readAudit } from '../../../src/modules/auctions/read-audit.ts'
import { readLot } from '../../../src/modules/auctions/read-lot.ts'
import { reauctionLot } from '../../../src/modules/auctions/reauction-lot.ts'
import { registerBidder } from '../../../src/modules/auctions/register-bidder.ts'
import { settleLot } from '../../../src/modules/auctions/settle-lot.ts'
import { sweepLots } from '../../../src/modules/auctions/sweep-lots.ts'
import { withdrawLot } from '../../../src/modules/auctions/withdraw-lot.ts'
import { useTestDatabase } from '../../support/db.ts'
import { type AuctionScene, admit, bid, endNow, givenAuction, lagging, live, shorten, vault } from './given-auction.ts'

const database = useTestDatabase()
const yuan = 100
let scene: AuctionScene
let bidders: Awaited<ReturnType<AuctionScene['bidder']>>['principal'][]

beforeAll(async () => {
  scene = await givenAuction(database.db)
  bidders = [await scene.made.organisation(), await scene.made.organisation()]
})

/** A new lot with both bidders admitted. */
async function givenLot(change: Parameters<AuctionScene['newLot']>[0] = {}) {
  const { lot, seller } = await scene.newLot(change)
  const { operator, deps } = scene
  const [a, b] = bidders
  if (a === undefined || b === undefined) throw new Error('two bidders are needed')
  for (const principal of [a, b]) await admit(deps, { principal, operator, lotId: lot.id })
  return { lot, seller, a, b, operator, deps: { db: database.db, clock: systemClock, vault, live } }
}

/** Sold to `b` at 2,500 yuan, `a` at 2,000 yuan behind it. */
async function givenSale(change: Parameters<AuctionScene['newLot']>[0] = {}) {
  const sale = await givenLot(change)
  await bid(database.db, sale.a, sale.lot.id, 2_000 * yuan)
  await bid(database.db, sale.b, sale.lot.id, 2_500 * yuan)
  await endNow(database.db, sale.lot.id)
  await closeLot(sale.deps, { lotId: sale.lot.id })
  return sale
}

const deposits = async (lotId: string) =>
  (
    await database.pool.query(
      `select o.id, r.deposit_state as state, coalesce(sum(e.amount_fen) filter (where e.account = 'held'), 0)::int as held
       from auction_registrations r join organisations o on o.id = r.org_id
       left join auction_deposit_entries e on e.registration_id = r.id
       join auction_lots l on l.id = r.lot_id and l.id = (select id from auction_lots where terms_hash = $1)
       group by o.id, r.id order by r.id`,
      [(await getLot(database.db, lotId as never)).termsHash],
    )
  ).rows.map(({ state, held }) => [state, held])

describe('the close', () => {
  it('waits while bidding runs, and says for how long', async () => {
    const { lot, deps } = await givenLot()
    expect((await closeLot(deps, { lotId: lot.id }))?.waitMs).toBeGreaterThan(86_400_000)
    expect(await getLot(database.db, lot.id)).toMatchObject({ state: 'announced', reserveFen: null })
  })

  it('sells at the reserve or above once, however many close, opens the reserve and returns the loser’s deposit', async () => {
    const { lot, deps, a, b } = await givenLot()
    await bid(database.db, a, lot.id, 2_000 * yuan)
    await bid(database.db, b, lot.id, 2_500 * yuan)
    await endNow(database.db, lot.id)
    await Promise.all([
      ...Array.from({ length: 6 }, () => closeLot(deps, { lotId: lot.id })),
      sweepLots(deps),
      readLot(deps, anonymous, lot.id),
    ])
    expect(await getLot(database.db, lot.id)).toMatchObject({
      ...{ state: 'closed', outcome: 'sold', reserveFen: 2_000 * yuan },
    })
    expect(await listAwards(database.db, lot.id)).toMatchObject([
      { orgId: b.orgId, amountFen: 2_500 * yuan, state: 'accepted', rank: 1 },
    ])
    expect(await deposits(lot.id)).toEqual([
      ['returned', 0],
      ['frozen', lot.depositFen],
    ])
    const { rows } = await database.pool.query(
      "select type from outbox_events where data->>'lotId' = $1 and type in ('auction.closed', 'auction.awarded') order by seq",
      [lot.id],
    )
    expect(rows.map(({ type }) => type)).toEqual(['auction.closed', 'auction.awarded'])
  })

  it.each([
    ['no_bids', undefined],
    ['reserve_not_met', 1_500 * yuan],
  ])('leaves a lot unsold: %s', async (reason, amount) => {
    const { lot, deps, a } = await givenLot()
    if (amount !== undefined) await bid(database.db, a, lot.id, amount)
    await endNow(database.db, lot.id)
    await closeLot(deps, { lotId: lot.id })
    expect(await getLot(database.db, lot.id)).toMatchObject({ outcome: 'unsold', unsoldReason: reason })
    expect(await deposits(lot.id)).toEqual([
      ['returned', 0],
      ['returned', 0],
    ])
  })

  it('comes after the extensions that late bids made, and the record verifies', async () => {
    const { lot, deps, a, b } = await givenLot()
    const short = await shorten(database.db, lot.id, { endsInMs: 600, softCloseMs: 500 })
    await bid(database.db, a, lot.id, 2_000 * yuan)
    await sleep(350)
    await bid(database.db, b, lot.id, 3_000 * yuan, true)
    await expect(bid(database.db, a, lot.id, 2_950 * yuan)).rejects.toMatchObject({ code: 'BID_COVERED' })
    await expect(readAudit(deps, anonymous, lot.id)).rejects.toMatchObject({ code: 'AUCTION_NOT_CLOSED' })
    const early = await closeLot(deps, { lotId: lot.id })
    expect(early?.waitMs).toBeGreaterThan(0)
    await sleep((early?.waitMs ?? 0) + 20)
    const audit = await readAudit(deps, anonymous, lot.id)
    expect(Date.parse(audit.finalEndsAt)).toBeGreaterThan(short.plannedEndsAt.getTime())
    expect(verifyAudit(audit, sha256)).toEqual([])
  })
})

describe('what follows from a sale', () => {
  it('settles: the deposit goes into the price', async () => {
    const { lot, operator, deps } = await givenSale()
    expect(await settleLot(deps, operator, { id: lot.id })).toMatchObject({ state: 'settled' })
    expect(await deposits(lot.id)).toEqual([
      ['returned', 0],
      ['applied', 0],
    ])
    await expect(settleLot(deps, operator, { id: lot.id })).rejects.toMatchObject({ code: 'TRANSITION_NOT_ALLOWED' })
  })

  it('defaults: the deposit is forfeited and the second-highest bidder takes the lot at its own bid', async () => {
    const { lot, operator, deps, a, b } = await givenSale()
    await defaultAward(deps, operator, { id: lot.id, note: '逾期未付款' })
    await expect(answerOffer(deps, b, { id: lot.id, answer: 'accept' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await answerOffer(deps, a, { id: lot.id, answer: 'accept' })
    expect(
      (await listAwards(database.db, lot.id)).map(({ orgId, amountFen, state }) => [orgId, amountFen, state]),
    ).toEqual([
      [b.orgId, 2_500 * yuan, 'defaulted'],
      [a.orgId, 2_000 * yuan, 'accepted'],
    ])
    expect(await deposits(lot.id)).toEqual([
      ['returned', 0],
      ['forfeited', 0],
    ])
    expect(await settleLot(deps, operator, { id: lot.id })).toMatchObject({ state: 'settled' })
  })

  it('ends as defaulted when the offer is declined, and comes back at most so much cheaper', async () => {
    const { lot, operator, deps, a } = await givenSale()
    await defaultAward(deps, operator, { id: lot.id, note: '逾期未付款' })
    expect(await answerOffer(deps, a, { id: lot.id, answer: 'decline' })).toMatchObject({ state: 'defaulted' })
    const again = {
      ...{ id: lot.id, startFen: 800 * yuan, reserveFen: 0, depositFen: 80 * yuan },
      ...{
        opensAt: addDays(systemClock.now(), 16).toISOString(),
        endsAt: addDays(systemClock.now(), 18).toISOString(),
      },
    }
    await expect(reauctionLot(deps, operator, { ...again, startFen: 799 * yuan })).rejects.toMatchObject({
      code: 'AUCTION_TERMS_REFUSED',
    })
    const second = await reauctionLot(deps, operator, again)
    expect(second).toMatchObject({ state: 'draft', round: 2, previousLotId: lot.id, startFen: 800 * yuan })
    await expect(reauctionLot(deps, operator, again)).rejects.toMatchObject({ code: 'ALREADY_EXISTS' })
  })

  it('a priority buyer takes the lot at its price', async () => {
    const priority = await scene.made.organisation()
    const { lot, operator, deps, a, b } = await givenLot({ priorityOrganisationIds: [priority.orgId] })
    const { registration } = await registerBidder(deps, priority, {
      ...{ id: lot.id, acceptsTerms: true, claimsPriority: true, relatedOrganisationIds: [] },
    })
    await decideRegistration(deps, operator, { id: registration.id, decision: 'admit', depositReference: '回单' })
    await bid(database.db, b, lot.id, 2_500 * yuan)
    await endNow(database.db, lot.id)
    await closeLot(deps, { lotId: lot.id })
    await expect(claimPriority(deps, a, { id: lot.id })).rejects.toMatchObject({ code: 'TRANSITION_NOT_ALLOWED' })
    await claimPriority(deps, priority, { id: lot.id })
    expect((await listAwards(database.db, lot.id)).map(({ orgId, state }) => [orgId, state])).toEqual([
      [b.orgId, 'superseded'],
      [priority.orgId, 'accepted'],
    ])
    expect((await deposits(lot.id)).map(([state]) => state)).toEqual(['returned', 'returned', 'frozen'])
  })
})

it('an announced lot is withdrawn before its first bid and not after it', async () => {
  const { lot, operator, deps, a } = await givenLot()
  await bid(database.db, a, lot.id, 1_000 * yuan)
  const refused = withdrawLot(deps, operator, { id: lot.id, reason: '权属变化' })
  await expect(refused).rejects.toMatchObject({ code: 'TRANSITION_NOT_ALLOWED' })
  const other = await givenLot()
  const withdrawn = await withdrawLot(deps, operator, { id: other.lot.id, reason: '权属变化' })
  expect(withdrawn).toMatchObject({ state: 'closed', outcome: 'withdrawn' })
  await expect(bid(database.db, a, other.lot.id, 1e6)).rejects.toMatchObject({ code: 'BIDDING_CLOSED' })
})

it('the database takes no deposit move that does not sum to zero', async () => {
  const { lot, deps, operator } = await givenLot()
  const { registration } = await scene.bidder(lot.id)
  expect(registration.depositState).toBe('frozen')
  const insert = `insert into auction_deposit_entries (move_id, registration_id, move, account, amount_fen, at)
    select gen_random_uuid(), id, 'forfeit', 'forfeits', 5, now() from auction_registrations limit 1`
  await expect(database.pool.query(insert)).rejects.toThrow(/sum to zero/)
  await expect(
    decideRegistration({ ...deps, clock: lagging(1) }, operator, { id: registration.id, decision: 'admit' }),
  ).rejects.toMatchObject({ code: 'TRANSITION_NOT_ALLOWED' })
})
