import { describe, expect, it } from 'vitest'
import { changeVerification } from '../../../src/modules/identity/index.ts'
import { reassessOrganisation, sweepListings } from '../../../src/modules/listings/sweep-listings.ts'
import { supplyKind } from '../../../src/modules/supplies/index.ts'
import { listingKinds } from './kinds.ts'
import { usePlace } from './place.ts'

const place = usePlace()
const deps = () => ({ ...place.deps, listingKinds })
const sweep = () => sweepListings(deps())

describe('sweepListings', () => {
  it('closes a listing on the day after its last one, as the system, and announces it', async () => {
    const { listing } = await place.given.publishedSupply({ validUntil: '2026-03-10' })
    place.clock.advance('8d')
    await sweep()
    expect((await place.trace(listing.id)).row).toMatchObject({ state: 'published', version: listing.version })
    place.clock.advance('1d')
    await sweep()
    const { row, history, events } = await place.trace(listing.id)
    expect(row).toMatchObject({ state: 'closed', outcome: 'expired', closed_at: place.clock.now() })
    expect(history.at(-1)).toMatchObject({ action: 'expire', user_id: null, org_id: null })
    expect(events.at(-1)).toMatchObject({ type: 'listing.closed', data: { listingId: listing.id, outcome: 'expired' } })
  })

  it('turns a listing yellow on day 91 without a confirmation, and not on day 90', async () => {
    const { listing } = await place.given.publishedDemand()
    place.clock.advance('90d')
    await sweep()
    expect((await place.trace(listing.id)).row).toMatchObject({ trust_code: 'green' })
    place.clock.advance('1d')
    await sweep()
    const { row, history, events } = await place.trace(listing.id)
    expect(row).toMatchObject({ trust_code: 'yellow', trust_reasons: ['not_reconfirmed'], state: 'published' })
    expect(history.at(-1)).toMatchObject({ action: 'reassess', user_id: null })
    expect(events.at(-1)).toMatchObject({ type: 'listing.updated' })
  })

  it('adds the reason to a listing that is yellow already', async () => {
    const by = await place.given.organisation({ isVerified: false })
    const { listing } = await place.given.publishedDemand({ by })
    place.clock.advance('91d')
    await sweep()
    expect((await place.trace(listing.id)).row).toMatchObject({
      trust_reasons: ['not_reconfirmed', 'owner_unverified'],
    })
  })

  it('sees a right come near its expiry and expire', async () => {
    const ipRights = [{ type: 'invention', legalState: 'granted', expiresOn: '2026-09-10' }]
    const { listing } = await place.given.publishedSupply({ ipRights })
    expect(listing.trustCode).toBe('green')
    place.clock.advance('20d')
    await sweep()
    expect((await place.trace(listing.id)).row).toMatchObject({ trust_reasons: ['ip_near_expiry'] })
    place.clock.advance('180d')
    await sweep()
    expect((await place.trace(listing.id)).row).toMatchObject({
      trust_code: 'red',
      trust_reasons: ['ip_lapsed', 'not_reconfirmed'],
    })
    const { events, row } = await place.trace(listing.id)
    expect(events.filter(({ type }) => type === 'listing.turned_red')).toMatchObject([
      { data: { listingId: listing.id, version: row?.version, reasons: ['ip_lapsed'] } },
    ])
  })

  it('changes nothing the second time', async () => {
    const made = [await place.given.publishedSupply({ validUntil: '2026-03-10' }), await place.given.publishedDemand()]
    place.clock.advance('100d')
    await sweep()
    const traces = () => Promise.all(made.map(({ listing }) => place.trace(listing.id)))
    const once = await traces()
    await sweep()
    await Promise.all([sweep(), sweep()])
    expect(await traces()).toEqual(once)
  })

  it('does once what two runs at the same time find', async () => {
    const by = await place.given.organisation({ kind: 'university' })
    const made = []
    for (let n = 0; n < 5; n += 1) made.push(await place.given.publishedSupply({ by }))
    place.clock.advance('100d')
    await Promise.all([sweep(), sweep()])
    for (const { listing } of made) {
      const { history, row } = await place.trace(listing.id)
      expect(row).toMatchObject({ trust_code: 'yellow', version: listing.version + 1 })
      expect(history.filter(({ action }) => action === 'reassess')).toHaveLength(1)
    }
  })

  it('leaves drafts, submitted and closed listings alone', async () => {
    const made = [
      await place.given.draft(supplyKind, { validUntil: '2026-03-10' }),
      await place.given.submitted(supplyKind, { validUntil: '2026-03-10' }),
    ]
    place.clock.advance('100d')
    await sweep()
    for (const { listing } of made) {
      expect((await place.trace(listing.id)).row).toMatchObject({ state: listing.state, version: listing.version })
    }
  })

  it('reaches every listing of a market larger than one page', async () => {
    const { listing } = await place.given.publishedSupply()
    await place.pool.query(`
      insert into listings select (r).* from (
        select jsonb_populate_record(l, jsonb_build_object('id', gen_random_uuid())) as r
        from listings l, generate_series(1, 1100)) copies`)
    place.clock.advance('400d')
    await place.pool.query(
      `update listings set valid_until = '2099-01-01' where id in (select id from listings order by id limit 1000)`,
    )
    await sweep()
    const { rows } = await place.pool.query(
      `select state, trust_code, count(*)::int from listings group by 1, 2 order by 1`,
    )
    expect(rows).toEqual([
      { state: 'closed', trust_code: 'red', count: 101 },
      { state: 'published', trust_code: 'yellow', count: 1000 },
    ])
    expect((await place.trace(listing.id)).row).toBeDefined()
    // 1,100 transactions of eleven statements.
  }, 60_000)
})

describe('reassessOrganisation', () => {
  it('turns all published listings of a suspended owner red, and green again after the reinstatement', async () => {
    const by = await place.given.organisation({ kind: 'university' })
    const made = [await place.given.publishedSupply({ by }), await place.given.publishedDemand({ by })]
    const waiting = await place.given.submitted(supplyKind, { by })
    const other = await place.given.publishedSupply()
    const operator = await place.given.operator()
    const decide = async (decision: 'suspend' | 'reinstate') => {
      await changeVerification(place.deps, operator, { id: by.orgId, decision })
      await reassessOrganisation(deps(), { organisationId: by.orgId })
      await reassessOrganisation(deps(), { organisationId: by.orgId })
      return Promise.all(made.map(async ({ listing }) => (await place.trace(listing.id)).row))
    }
    for (const row of await decide('suspend')) {
      expect(row).toMatchObject({ trust_code: 'red', trust_reasons: ['owner_suspended'], state: 'published' })
    }
    for (const row of await decide('reinstate')) expect(row).toMatchObject({ trust_code: 'green', trust_reasons: [] })
    for (const { listing } of made) {
      expect((await place.eventsOf(listing.id)).slice(2)).toEqual([
        ...['listing.updated', 'listing.turned_red', 'listing.updated'],
      ])
    }
    for (const { listing } of [waiting, other]) {
      expect((await place.trace(listing.id)).row).toMatchObject({ version: listing.version })
    }
  })
})
