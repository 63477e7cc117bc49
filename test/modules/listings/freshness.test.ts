import { beforeEach, describe, expect, it } from 'vitest'
import type { Id } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { openDeal } from '../../../src/modules/deals/index.ts'
import { askConfirmation } from '../../../src/modules/listings/ask-confirmation.ts'
import type { Listing } from '../../../src/modules/listings/index.ts'
import { sweepListings } from '../../../src/modules/listings/sweep-listings.ts'
import { useHarness } from '../../support/harness.ts'

const harness = useHarness()
let owner: Principal
let listing: Listing

beforeEach(async () => {
  await harness.reset()
  const made = await harness.given.publishedSupply({ validUntil: '2029-01-01' })
  owner = made.owner
  listing = made.listing
})

const askedOf = async () =>
  (await harness.database.pool.query("select data from outbox_events where type = 'listing.unconfirmed'")).rows.length
const trust = async (who?: Principal) => {
  const client = who === undefined ? harness.client : await harness.as(who)
  return (await client.get(`/v1/supplies/${listing.id}/trust`)).json()
}

describe('a listing that nobody confirms', () => {
  it('is asked about on the day on which it turns yellow, once, and again each month', async () => {
    harness.clock.advance('90d')
    await askConfirmation(harness.deps)
    expect(await askedOf()).toBe(0)
    harness.clock.advance('1d')
    await sweepListings(harness.deps)
    await Promise.all([askConfirmation(harness.deps), askConfirmation(harness.deps)])
    expect(await askedOf()).toBe(1)
    expect(await trust()).toMatchObject({ trustCode: 'yellow', reasons: [{ reason: 'not_reconfirmed' }] })
    harness.clock.advance('29d')
    await askConfirmation(harness.deps)
    expect(await askedOf()).toBe(1)
    harness.clock.advance('1d')
    await askConfirmation(harness.deps)
    expect(await askedOf()).toBe(2)
  })

  it('tells its owner, and one call makes it green and valid for another year', async () => {
    harness.clock.advance('91d')
    await sweepListings(harness.deps)
    await askConfirmation(harness.deps)
    await harness.drain()
    const user = await harness.as(owner)
    const { data } = (await user.get('/v1/notifications')).json()
    expect(data[0]).toMatchObject({ kind: 'listing.unconfirmed', links: { listingId: listing.id } })
    const renewed = await user.post(`/v1/supplies/${listing.id}/renew`)
    expect(renewed.json()).toMatchObject({ trustCode: 'green', trustReasons: [] })
    await askConfirmation(harness.deps)
    expect(await askedOf()).toBe(1)
    harness.clock.advance('91d')
    await askConfirmation(harness.deps)
    expect(await askedOf()).toBe(2)
  })
})

describe('the trust of a listing', () => {
  it('is explained to everybody, with what helps and what is coming to its owner alone', async () => {
    harness.clock.advance('91d')
    const own = await trust(owner)
    expect(own).toMatchObject({
      ...{ trustCode: 'yellow', reasons: [{ reason: 'not_reconfirmed', remedy: 'renew' }], unprovenClaims: [] },
      coming: [{ on: '2029-01-02', reason: 'past_valid_until' }],
    })
    expect(await trust()).toEqual({
      ...{ trustCode: 'yellow', reasons: [{ reason: 'not_reconfirmed' }], deals: { signed: 0, droppedSince: 0 } },
    })
    expect((await harness.client.get(`/v1/supplies/${listing.id.slice(0, -1)}0/trust`)).statusCode).toBe(404)
  })

  it('names the figures that nothing proves, until they are proven', async () => {
    const user = await harness.as(owner)
    const advantages = [{ claim: '能耗降低30%' }]
    const patch = (body: unknown, version: number) =>
      user.patch(`/v1/supplies/${listing.id}`, body, { headers: { 'if-match': `"v${version}"` } })
    await patch({ advantages, trlEvidence: null }, listing.version)
    expect(await trust(owner)).toMatchObject({
      ...{ trustCode: 'yellow', reasons: [{ reason: 'claims_without_evidence', remedy: 'add_evidence' }] },
      unprovenClaims: ['能耗降低30%'],
    })
    await patch({ advantages: [{ ...advantages[0], evidence: '检测报告 2026-118' }] }, listing.version + 1)
    expect(await trust(owner)).toMatchObject({ trustCode: 'green', unprovenClaims: [] })
  })
})

describe('deals that come to nothing', () => {
  it('are part of the trust of their listing from the third in a row on, until one is signed', async () => {
    const seller = await harness.as(owner)
    const acquirer = await harness.given.organisation({ kind: 'enterprise' })
    for (let number = 1; number <= 3; number += 1) {
      const { deal } = await openDeal(harness.deps, {
        ...{ source: { kind: 'direct' }, market: listing.market, title: `第${number}次洽谈` },
        ...{ providerOrgId: owner.orgId, acquirerOrgId: acquirer.orgId, supplyId: listing.id as Id<'supply'> },
      })
      const drop = { action: 'drop', reasonCode: 'other' }
      const dropped = await seller.post(`/v1/deals/${deal.id}/stage`, drop)
      expect(dropped.statusCode, dropped.body).toBe(200)
      await harness.drain()
      expect((await trust()).deals).toEqual({ signed: 0, droppedSince: number })
      expect((await trust()).trustCode).toBe(number < 3 ? 'green' : 'yellow')
    }
    const shown = await harness.client.get(`/v1/supplies/${listing.id}`)
    expect(shown.json()).toMatchObject({ trustCode: 'yellow', trustReasons: ['deals_fell_through'] })
  })
})
