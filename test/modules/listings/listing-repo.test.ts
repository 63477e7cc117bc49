import { describe, expect, it } from 'vitest'
import { idToUuid, newId, uuidToId } from '../../../src/kernel/ids.ts'
import { findListing, findListingByExternalId, findListings } from '../../../src/modules/listings/index.ts'
import { usePlace } from './place.ts'

const place = usePlace()

describe('findListings', () => {
  it('gives back what was stored, and nothing for unknown ids or for the id of another kind', async () => {
    const { db } = place.deps
    const supply = await place.given.publishedSupply({ externalId: 'A-1', validUntil: '2026-12-31' })
    const demand = await place.given.publishedDemand()
    const disguised = uuidToId('demand', idToUuid(supply.listing.id))
    const wanted = [supply.listing.id, demand.listing.id, disguised, newId('supply')]
    const found = await findListings(db, wanted)
    expect(new Map(found.map((listing) => [listing.id, listing]))).toEqual(
      new Map([supply, demand].map(({ listing }) => [listing.id, listing])),
    )
    expect(await findListings(db, [disguised])).toEqual([])
    expect(await findListing(db, disguised)).toBeUndefined()
    expect(await findListings(db, [])).toEqual([])
  })
})

describe('findListingByExternalId', () => {
  it('looks within one organisation and one kind', async () => {
    const { db } = place.deps
    const { owner, listing } = await place.given.publishedSupply({ externalId: 'A-1' })
    const find = (orgId: typeof owner.orgId, kind: 'supply' | 'demand') =>
      findListingByExternalId(db, orgId, { kind, externalId: 'A-1' })
    expect(await find(owner.orgId, 'supply')).toEqual(listing)
    expect(await find(owner.orgId, 'demand')).toBeUndefined()
    expect(await find(newId('organisation'), 'supply')).toBeUndefined()
  })
})
