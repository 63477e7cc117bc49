import { beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../../src/kernel/clock.ts'
import { listAwards } from '../../../src/modules/auctions/award-repo.ts'
import { closeLot } from '../../../src/modules/auctions/close-lot.ts'
import { defaultAward } from '../../../src/modules/auctions/default-award.ts'
import { settleLot } from '../../../src/modules/auctions/settle-lot.ts'
import { findDealOfSource, listDealsOf } from '../../../src/modules/deals/deal-repo.ts'
import { followAward } from '../../../src/modules/deals/follow-award.ts'
import { givenAcceptedIntroduction } from '../../support/given-introduction.ts'
import { useHarness } from '../../support/harness.ts'
import { admit, bid, endNow, givenAuction } from '../auctions/given-auction.ts'

const harness = useHarness()
let scene: Awaited<ReturnType<typeof givenAuction>>
const auctionDeps = () => ({ ...harness.deps, clock: systemClock })
const yuan = 100

beforeAll(async () => {
  scene = await givenAuction(harness.deps.db)
})

/** A lot that its highest bidder has to pay for, and the award. */
async function givenAward() {
  const { lot, seller } = await scene.newLot()
  const buyer = await scene.made.organisation()
  await admit(scene.deps, { principal: buyer, operator: scene.operator, lotId: lot.id })
  await bid(harness.deps.db, buyer, lot.id, 2_500 * yuan)
  await endNow(harness.deps.db, lot.id)
  await closeLot(auctionDeps(), { lotId: lot.id })
  const [award] = await listAwards(harness.deps.db, lot.id)
  if (award === undefined) throw new Error('the lot was not awarded')
  return { lot, seller, buyer, award, deal: () => findDealOfSource(harness.deps.db, 'auction', award.id) }
}

describe('a deal after an auction', () => {
  it('is opened at the hammer price once the lot is somebody’s, and moves on when it is settled', async () => {
    const { lot, seller, buyer, award, deal } = await givenAward()
    await harness.drain()
    await followAward(harness.deps, { awardId: award.id })
    expect(await deal()).toMatchObject({
      ...{ stage: 'intent', pricing: 'auction', intentAmountFen: 250_000, contractAmountFen: null, version: 1 },
      ...{ providerOrgId: seller.orgId, acquirerOrgId: buyer.orgId, supplyId: lot.supplyId, brokers: [] },
      source: { kind: 'auction', auctionId: lot.id, awardId: award.id },
    })
    await settleLot(auctionDeps(), scene.operator, { id: lot.id })
    await harness.drain()
    await followAward(harness.deps, { awardId: award.id })
    expect(await deal()).toMatchObject({
      stage: 'negotiating',
      contractAmountFen: 250_000,
      termsVersion: 2,
      version: 2,
    })
  })

  it('is dropped when the buyer does not pay', async () => {
    const { lot, award, deal } = await givenAward()
    await followAward(harness.deps, { awardId: award.id })
    await defaultAward(auctionDeps(), scene.operator, { id: lot.id, note: '逾期未付款' })
    await harness.drain()
    expect(await deal()).toMatchObject({ stage: 'dropped', dropped: { stage: 'intent', reasonCode: 'other' } })
  })

  it('is none where the award came to nothing before anybody heard of it', async () => {
    const { lot, deal } = await givenAward()
    await defaultAward(auctionDeps(), scene.operator, { id: lot.id, note: '逾期未付款' })
    await harness.drain()
    expect(await deal()).toBeUndefined()
  })
})

const keyed = () => ({ headers: { 'idempotency-key': crypto.randomUUID() } })
const page = { limit: 10 }

describe('a deal after an enquiry', () => {
  it('is opened at the lower end of the accepted price, once', async () => {
    const { owner, listing } = await harness.given.publishedSupply()
    const buyer = await harness.given.organisation()
    const [seller, asker] = [await harness.as(owner), await harness.as(buyer)]
    const { id } = (await asker.post(`/v1/supplies/${listing.id}/enquiries`, { message: '年需二十万件' })).json()
    const offer = { priceMinFen: 80_000_000, priceMaxFen: 120_000_000, validUntil: '2026-03-20' }
    const { quotes } = (await seller.post(`/v1/enquiries/${id}/quotes`, offer)).json()
    const accepted = await asker.post(`/v1/enquiries/${id}/acceptance`, { quoteId: quotes[0].id })
    expect(accepted.statusCode, accepted.body).toBe(200)
    await harness.drain()
    expect(await findDealOfSource(harness.deps.db, 'enquiry', id)).toMatchObject({
      ...{ stage: 'intent', pricing: 'agreement', intentAmountFen: 80_000_000, title: listing.content.title },
      ...{ providerOrgId: owner.orgId, acquirerOrgId: buyer.orgId, supplyId: listing.id, createdBy: null },
      brokers: [],
    })
  })

  it('is the deal of the broker who brought the two together about this supply', async () => {
    const { supply, demand, broker } = await givenAcceptedIntroduction(harness)
    const [seller, asker] = [await harness.as(supply.owner), await harness.as(demand.owner)]
    const url = `/v1/supplies/${supply.listing.id}/enquiries`
    const { id } = (await asker.post(url, { message: '年需二十万件' })).json()
    const offer = { priceMinFen: 80_000_000, priceMaxFen: 120_000_000, validUntil: '2026-03-20' }
    const { quotes } = (await seller.post(`/v1/enquiries/${id}/quotes`, offer)).json()
    await asker.post(`/v1/enquiries/${id}/acceptance`, { quoteId: quotes[0].id })
    await harness.drain()
    const deal = await findDealOfSource(harness.deps.db, 'enquiry', id)
    expect(deal?.brokers).toEqual([{ userId: broker.userId, shareBp: 10_000 }])
  })
})

describe('a deal after an open licence', () => {
  it('is opened at the declared price when notice and payment have met', async () => {
    const ipRights = [{ type: 'invention', number: '201710601862.3', legalState: 'granted', expiresOn: '2037-07-21' }]
    const made = await harness.given.publishedSupply({ cooperationModes: ['open_licence'], ipRights })
    const taker = await harness.given.organisation()
    const [patentee, licensee] = [await harness.as(made.owner), await harness.as(taker)]
    const declaration = {
      ...{ supplyId: made.listing.id, patentNumber: '201710601862.3', paymentTerms: '一次付清' },
      ...{ fee: { form: 'one_off', amountFen: 5_000_000 }, validFrom: '2020-01-01', validTo: '2036-12-01' },
    }
    const licence = (await patentee.post('/v1/open-licences', declaration)).json()
    const taken = await licensee.post(`/v1/open-licences/${licence.id}/acceptances`, undefined, keyed())
    await harness.drain()
    const dealsOfTaker = async () => (await listDealsOf(harness.deps.db, { ...taker, markets: [] }, { page })).items
    expect(await dealsOfTaker()).toEqual([])
    await patentee.post(`/v1/licence-acceptances/${taken.json().id}/payment`, { reference: '回单' }, keyed())
    await harness.drain()
    expect(await dealsOfTaker()).toMatchObject([
      {
        ...{ stage: 'intent', pricing: 'fixed', intentAmountFen: 5_000_000, providerOrgId: made.owner.orgId },
        source: { kind: 'licence', acceptanceId: taken.json().id },
      },
    ])
  })
})
