import { describe, expect, it } from 'vitest'
import type { ListingId } from '../../../src/modules/listings/index.ts'
import { warnOfExpiry } from '../../../src/modules/listings/warn-of-expiry.ts'
import { usePlace } from './place.ts'

const place = usePlace()
const warn = () => warnOfExpiry(place.deps)
const warningsOf = async (id: ListingId) =>
  (await place.trace(id)).events.filter(({ type }) => type === 'listing.expiring').map(({ data }) => data)

describe('warnOfExpiry', () => {
  it('announces a listing once when two weeks are left, however many runs find it', async () => {
    const { listing } = await place.given.publishedSupply({ validUntil: '2026-03-31' })
    place.clock.advance('14d')
    await warn()
    expect(await warningsOf(listing.id)).toEqual([])
    place.clock.advance('1d')
    await Promise.all([warn(), warn()])
    await warn()
    expect(await warningsOf(listing.id)).toEqual([
      { listingId: listing.id, kind: 'supply', market: listing.market, validUntil: '2026-03-31' },
    ])
    expect((await place.trace(listing.id)).row).toMatchObject({ version: listing.version })
  })

  it('warns anew of another day', async () => {
    const { listing } = await place.given.publishedSupply({ validUntil: '2026-03-20' })
    place.clock.advance('8d')
    await warn()
    await place.pool.query(`update listings set valid_until = '2026-03-24'`)
    await warn()
    const days = (await warningsOf(listing.id)).map((data) => (data as { validUntil: string }).validUntil)
    expect(days).toEqual(['2026-03-20', '2026-03-24'])
  })

  it('leaves alone what was confirmed within the week, what is not on the market, and what has ended', async () => {
    const made = [
      await place.given.publishedSupply({ validUntil: '2026-03-08' }),
      await place.given.publishedDemand({ validUntil: '2026-03-15' }),
    ]
    place.clock.advance('6d')
    await warn()
    await place.pool.query(`update listings set state = 'returned' where kind = 'demand'`)
    place.clock.advance('2d')
    await warn()
    for (const { listing } of made) expect(await warningsOf(listing.id)).toEqual([])
  })
})
