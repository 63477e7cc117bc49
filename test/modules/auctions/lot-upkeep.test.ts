import { beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '../../../src/kernel/clock.ts'
import type { Id } from '../../../src/kernel/ids.ts'
import { listAwards } from '../../../src/modules/auctions/award-repo.ts'
import { closeLot } from '../../../src/modules/auctions/close-lot.ts'
import { endOverdueAwards } from '../../../src/modules/auctions/end-overdue-awards.ts'
import { openReserve } from '../../../src/modules/auctions/hashing.ts'
import { getLot } from '../../../src/modules/auctions/lot-repo.ts'
import { getRegistration } from '../../../src/modules/auctions/registration-repo.ts'
import { settleLot } from '../../../src/modules/auctions/settle-lot.ts'
import { admitBidders, type Bidder, insertBidders } from '../../support/given-bidders.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem } from '../../support/http.ts'
import { type AuctionScene, admit, aLot, bid, endNow, givenAuction, live, vault } from './given-auction.ts'

const h = useHarness()
const yuan = 100
let scene: AuctionScene
let bidders: Bidder[]

beforeAll(async () => {
  scene = await givenAuction(h.database.db)
  bidders = await insertBidders(h.database.db, 2)
})

const ifMatch = (etag: unknown) => ({ headers: { 'if-match': String(etag) } })
const actionsOn = async (objectId: string) => {
  const query =
    'select action, user_id is null as "isSystem", facts from audit_entries where object_id = $1 order by id'
  return (await h.database.pool.query<{ action: string; isSystem: boolean; facts: object }>(query, [objectId])).rows
}

describe('PATCH /v1/auctions/{id}', () => {
  async function givenDraft() {
    const { owner, listing } = await scene.made.publishedSupply({ cooperationModes: ['assignment'] })
    const body = aLot({ sessionId: scene.session.id, supplyId: listing.id as Id<'supply'> })
    const seller = await h.as(owner)
    const drafted = await seller.post('/v1/auctions', body)
    return { seller, url: `/v1/auctions/${drafted.json().id}`, id: drafted.json().id, etag: drafted.headers.etag }
  }

  it('changes what it names, and seals a new reserve anew', async () => {
    const { seller, url, id, etag } = await givenDraft()
    const before = await getLot(h.database.db, id)
    const change = { startFen: 900 * yuan, reserveFen: 7_654_321, valuedBy: '另一评估机构' }
    const changed = await seller.patch(url, change, ifMatch(etag))
    expect([changed.statusCode, changed.json()]).toMatchObject([
      200,
      { startFen: 90_000, valuedBy: '另一评估机构', version: 2 },
    ])
    expect(changed.json()).toMatchObject({ depositFen: before.depositFen, requiredQualifications: [] })
    const after = await getLot(h.database.db, id)
    expect(after.reserveCommitment).not.toBe(before.reserveCommitment)
    expect(openReserve(vault, id, after.reserveBox).reserveFen).toBe(7_654_321)
    expectProblem(await seller.patch(url, change, ifMatch(etag)), 'PRECONDITION_FAILED')
    expectProblem(await seller.patch(url, change), 'PRECONDITION_REQUIRED')
  })

  it('refuses times in the wrong order, modes that are not offered, strangers, and what is announced', async () => {
    const { seller, url, etag } = await givenDraft()
    const opensAt = '2031-01-01T00:00:00.000Z'
    expectProblem(await seller.patch(url, { opensAt }, ifMatch(etag)), 'VALIDATION_FAILED')
    expectProblem(await seller.patch(url, { saleMode: 'exclusive_licence' }, ifMatch(etag)), 'AUCTION_TERMS_REFUSED')
    expectProblem(await seller.patch(url, { state: 'open' }, ifMatch(etag)), 'VALIDATION_FAILED')
    expectProblem(await (await h.as('owner')).patch(url, { startFen: 1 }, ifMatch(etag)), 'NOT_FOUND')
    expectProblem(await h.client.patch(url, { startFen: 1 }, ifMatch(etag)), 'UNAUTHENTICATED')
    const { lot } = await scene.newLot()
    const operator = await h.as(scene.operator)
    const announced = await operator.patch(`/v1/auctions/${lot.id}`, { startFen: 1 }, ifMatch(`"v${lot.version}"`))
    expectProblem(announced, 'TRANSITION_NOT_ALLOWED')
  })
})

describe('a supply that leaves the market', () => {
  it('takes lots without bids with it; one with bids goes on', async () => {
    const [silent, bidFor] = [await scene.newLot(), await scene.newLot()]
    const [bidder] = bidders as [Bidder, Bidder]
    await admitBidders(h.database.db, [bidFor.lot.id], bidders)
    await bid(h.database.db, bidder, bidFor.lot.id, 1_000 * yuan)
    for (const { lot, seller } of [silent, bidFor]) {
      const left = await (await h.as(seller)).post(`/v1/supplies/${lot.supplyId}/close`, { outcome: 'invalid' })
      expect(left.statusCode).toBe(200)
    }
    await h.drain()
    const withdrawn = await getLot(h.database.db, silent.lot.id)
    expect(withdrawn).toMatchObject({ state: 'closed', outcome: 'withdrawn', withdrawalReason: '标的信息已下架' })
    expect(withdrawn.reserveFen).toBe(2_000 * yuan)
    expect(await getLot(h.database.db, bidFor.lot.id)).toMatchObject({ outcome: null })
    expect(await actionsOn(silent.lot.id)).toMatchObject([
      { action: 'auction.announced', isSystem: false },
      { action: 'auction.withdrawn', isSystem: true },
    ])
  })
})

describe('an award that nobody settled', () => {
  /** Sold to the second bidder at 2,500 yuan; the first is behind it at 2,000 yuan. */
  async function givenSale() {
    const { lot } = await scene.newLot()
    const [a, b] = [await scene.made.organisation(), await scene.made.organisation()]
    for (const principal of [a, b]) await admit(scene.deps, { principal, operator: scene.operator, lotId: lot.id })
    await bid(h.database.db, a, lot.id, 2_000 * yuan)
    await bid(h.database.db, b, lot.id, 2_500 * yuan)
    await endNow(h.database.db, lot.id)
    await closeLot({ db: h.database.db, vault, live }, { lotId: lot.id })
    const [award] = await listAwards(h.database.db, lot.id)
    if (award === undefined) throw new Error('the lot was not sold')
    const endAt = (due: Date, days: number) =>
      endOverdueAwards({ db: h.database.db, clock: { now: () => addDays(due, days) } })
    const states = async () => (await listAwards(h.database.db, lot.id)).map(({ basis, state }) => [basis, state])
    return { lot, award, endAt, states }
  }

  it('defaults after days of grace, is offered to the next, and the offer lapses on its day', async () => {
    const { lot, award, endAt, states } = await givenSale()
    await endAt(award.answerBy, 2.9)
    expect(await states()).toEqual([['bidding', 'accepted']])
    await Promise.all([endAt(award.answerBy, 3.1), endAt(award.answerBy, 3.1)])
    expect(await states()).toEqual([
      ['bidding', 'defaulted'],
      ['second_offer', 'offered'],
    ])
    const offer = (await listAwards(h.database.db, lot.id))[1]
    await endAt(offer?.answerBy ?? award.answerBy, 0.1)
    expect(await states()).toEqual([
      ['bidding', 'defaulted'],
      ['second_offer', 'declined'],
    ])
    expect(await getLot(h.database.db, lot.id)).toMatchObject({ state: 'defaulted' })
    expect(await getRegistration(h.database.db, award.registrationId)).toMatchObject({ depositState: 'forfeited' })
    expect((await actionsOn(lot.id)).at(-1)).toMatchObject({ action: 'auction.defaulted', isSystem: true })
  })

  it('is left alone once it was settled, which the audit log names', async () => {
    const { lot, award, endAt, states } = await givenSale()
    await settleLot(scene.deps, scene.operator, { id: lot.id, reference: '成交确认书 1' })
    await endAt(award.answerBy, 30)
    expect(await states()).toEqual([['bidding', 'settled']])
    expect((await actionsOn(lot.id)).map(({ action }) => action)).toContain('auction.settled')
    expect(await actionsOn(award.registrationId)).toMatchObject([
      { action: 'auction_registration.decided', facts: { decision: 'admit', auctionId: lot.id } },
    ])
  })
})
