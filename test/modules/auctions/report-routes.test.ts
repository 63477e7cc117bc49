import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.ts'
import { closeLot } from '../../../src/modules/auctions/close-lot.ts'
import { settleLot } from '../../../src/modules/auctions/settle-lot.ts'
import { auctionLots } from '../../../src/modules/auctions/table.ts'
import { users } from '../../../src/modules/identity/table.ts'
import { admitBidders, type Bidder, insertBidders } from '../../support/given-bidders.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem } from '../../support/http.ts'
import { type AuctionScene, bid, endNow, givenAuction, live, vault } from './given-auction.ts'

const h = useHarness()
const yuan = 100
let scene: AuctionScene
let bidders: Bidder[]

beforeAll(async () => {
  scene = await givenAuction(h.database.db)
  bidders = await insertBidders(h.database.db, 4)
})

/** A lot that closed with this highest bid; the reserve is 2,000 yuan. */
async function closedAt(amountYuan: number | undefined) {
  const made = await scene.newLot()
  const [first] = bidders
  await admitBidders(h.database.db, [made.lot.id], bidders)
  if (amountYuan !== undefined && first) await bid(h.database.db, first, made.lot.id, amountYuan * yuan)
  await endNow(h.database.db, made.lot.id)
  await closeLot({ db: h.database.db, vault, live }, { lotId: made.lot.id })
  return made
}

describe('a season report', () => {
  it('tells intent from closed, by field and institution', async () => {
    const [paid, won] = [await closedAt(2_500), await closedAt(2_000)]
    await closedAt(1_500)
    await settleLot(scene.deps, scene.operator, { id: paid.lot.id })
    const answer = await h.client.get(`/v1/auction-seasons/${scene.season.id}/report`)
    expect([answer.statusCode, answer.json()]).toMatchObject([
      200,
      {
        totals: { lots: 4, running: 1, sold: 2, unsold: 1, soldPercent: 66.7, intentFen: 200_000, closedFen: 250_000 },
      },
    ])
    const { byInstitution, byField } = answer.json()
    expect(byInstitution).toHaveLength(4)
    expect(byInstitution[0]).toMatchObject({ organisation: { id: paid.seller.orgId }, sold: 1, closedFen: 250_000 })
    const other = byInstitution.find(
      (one: { organisation: { id: string } }) => one.organisation.id === won.seller.orgId,
    )
    expect(other).toMatchObject({ intentFen: 200_000, closedFen: 0 })
    expect(byField[0]).toMatchObject({ sold: 2, closedFen: 250_000 })
    expectProblem(await h.client.get(`/v1/auction-seasons/${newId('auctionSeason')}/report`), 'NOT_FOUND')
  })
})

describe('interest before an auction', () => {
  it('is told as counts from three organisations on, and to owner and operator alone', async () => {
    const { owner, listing } = await scene.made.publishedSupply()
    const url = `/v1/supplies/${listing.id}/auction-interest`
    const state = async (who: Bidder, band: string) => (await h.as(who)).put(url, { band })
    const [one, two, three] = bidders as [Bidder, Bidder, Bidder]
    expect((await state(one, 'to_1m')).json()).toMatchObject({ supplyId: listing.id, band: 'to_1m' })
    await state(two, 'to_300k')
    const seller = await h.as(owner)
    expect((await seller.get(url)).json()).toEqual({ organisations: 2, bands: null })
    await state(three, 'to_1m')
    await state(one, 'to_300k')
    const told = (await (await h.as(scene.operator)).get(url)).json()
    expect(told.bands.filter((line: { organisations: number }) => line.organisations > 0)).toEqual([
      { band: 'to_300k', organisations: 2 },
      { band: 'to_1m', organisations: 1 },
    ])
    expect((await (await h.as(one)).delete(url)).statusCode).toBe(204)
    expect((await seller.get(url)).json().organisations).toBe(2)
    expectProblem(await (await h.as(one)).get(url), 'NOT_FOUND')
    expectProblem(await seller.put(url, { band: 'to_1m' }), 'CONFLICT_OF_INTEREST')
    expectProblem(await h.client.put(url, { band: 'to_1m' }), 'UNAUTHENTICATED')
    expectProblem(await state(one, 'much'), 'VALIDATION_FAILED')
    expectProblem(
      await (await h.as(one)).put(`/v1/supplies/${newId('supply')}/auction-interest`, { band: 'to_1m' }),
      'NOT_FOUND',
    )
  })
})

describe('guidance for a reserve', () => {
  it('names the comparable lots and warns of a reserve that none of them reached', async () => {
    const made = [await closedAt(1_100), await closedAt(1_200), await closedAt(undefined)]
    const { owner, listing } = await scene.made.publishedSupply()
    const url = `/v1/supplies/${listing.id}/reserve-guidance`
    const proposal = { saleMode: 'assignment', valuationFen: 1_000_000, reserveFen: 3_000_000 }
    const answer = await (await h.as(owner)).post(url, proposal)
    expect(answer.statusCode).toBe(200)
    const { comparables, warnings, reached, usual } = answer.json()
    const ids = comparables.map(({ auctionId }: { auctionId: string }) => auctionId)
    expect(ids).toEqual(expect.arrayContaining(made.map(({ lot }) => lot.id)))
    expect(ids).not.toContain(scene.lot.id)
    expect(reached).toBe(0)
    expect(usual.lowFen).toBeLessThan(usual.highFen)
    expect(warnings.map(({ code }: { code: string }) => code)).toEqual([
      'reserve_rarely_reached',
      'reserve_above_valuation',
    ])
    expectProblem(await (await h.as(made[0]?.seller ?? owner)).post(url, proposal), 'NOT_FOUND')
    expectProblem(await (await h.as(owner)).post(url, { ...proposal, reserveFen: 1.5 }), 'VALIDATION_FAILED')
  })
})

describe('signals of a lot', () => {
  it('are for the operator alone, and name what a bidder shares with the seller', async () => {
    const { lot, seller } = await scene.newLot()
    const stranger = await scene.made.organisation()
    const terms = { acceptsTerms: true, claimsPriority: false, relatedOrganisationIds: [] }
    const url = `/v1/auctions/${lot.id}`
    expect((await (await h.as(stranger)).post(`${url}/registrations`, terms)).statusCode).toBe(201)
    const operator = await h.as(scene.operator)
    expect((await operator.get(`${url}/signals`)).json()).toEqual({ data: [] })
    for (const { userId } of [seller, stranger]) {
      await h.database.db
        .update(users)
        .set({ email: `${userId}@lab.example.cn` })
        .where(eq(users.id, userId))
    }
    await h.database.db.update(auctionLots).set({ addressRange: '127.0.0.0/24' }).where(eq(auctionLots.id, lot.id))
    const { data } = (await operator.get(`${url}/signals`)).json()
    expect(data).toEqual([
      expect.objectContaining({ code: 'bidder_near_seller', evidence: { mail_domain: 'lab.example.cn' } }),
    ])
    expectProblem(await (await h.as(seller)).get(`${url}/signals`), 'FORBIDDEN')
    expectProblem(await h.client.get(`${url}/signals`), 'UNAUTHENTICATED')
  })

  it('look back at closed lots of the same bidders', async () => {
    const [low, high] = bidders.slice(2) as [Bidder, Bidder]
    const first = await scene.newLot()
    for (let n = 0; n < 3; n += 1) {
      const { lot } = await scene.newLot({}, first.seller)
      await admitBidders(h.database.db, [lot.id], [low, high])
      await bid(h.database.db, low, lot.id, 1_000 * yuan)
      await bid(h.database.db, high, lot.id, 3_000 * yuan)
      await endNow(h.database.db, lot.id)
      await closeLot({ db: h.database.db, vault, live }, { lotId: lot.id })
    }
    await admitBidders(h.database.db, [first.lot.id], [low, high])
    const { data } = (await (await h.as(scene.operator)).get(`/v1/auctions/${first.lot.id}/signals`)).json()
    expect(data).toEqual([
      expect.objectContaining({
        ...{ code: 'feeds_one_seller', bidderNumbers: [101] },
        evidence: expect.objectContaining({ lotsOfSeller: 3, lotsInAll: 3 }),
      }),
    ])
  })
})
