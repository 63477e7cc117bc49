import { describe, expect, it } from 'vitest'
import { renewListing } from '../../../src/modules/listings/renew-listing.ts'
import { sweepListings } from '../../../src/modules/listings/sweep-listings.ts'
import { supplyKind } from '../../../src/modules/supplies/index.ts'
import type { Made } from '../../support/given.ts'
import { listingKinds } from './kinds.ts'
import { usePlace } from './place.ts'

const place = usePlace()
const renew = ({ owner, definition, listing }: Made, validUntil?: string) =>
  renewListing(place.deps, owner, { definition, id: listing.id, validUntil })

describe('renewListing', () => {
  it('makes a stale listing green again, valid for a year from today, and announces it', async () => {
    const made = await place.given.publishedSupply()
    place.clock.advance('91d')
    await sweepListings({ ...place.deps, listingKinds })
    expect((await place.trace(made.listing.id)).row).toMatchObject({ trust_reasons: ['not_reconfirmed'] })
    expect(await renew(made)).toMatchObject({
      ...{ trustCode: 'green', confirmedAt: place.clock.now(), state: 'published' },
      content: { validUntil: '2027-06-01' },
    })
    const { history, events } = await place.trace(made.listing.id)
    expect(history.at(-1)).toMatchObject({ action: 'renew' })
    expect(events.at(-1)).toMatchObject({ type: 'listing.updated' })
  })

  it('takes a day after today and no other', async () => {
    const made = await place.given.publishedSupply()
    expect(await renew(made, '2026-03-03')).toMatchObject({ content: { validUntil: '2026-03-03' } })
    await expect(renew(made, '2026-03-02')).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [{ pointer: '#/validUntil', code: 'not_in_future' }],
    })
  })

  it('reads today in China, where the day begins eight hours earlier than in UTC', async () => {
    const made = await place.given.publishedSupply()
    place.clock.advance('15h')
    await expect(renew(made, '2026-03-03')).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
  })

  it('is for the owner of a published listing', async () => {
    const made = await place.given.publishedSupply()
    const stranger = await place.given.organisation()
    await expect(renew({ ...made, owner: stranger })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(renew(await place.given.draft(supplyKind))).rejects.toMatchObject({ code: 'TRANSITION_NOT_ALLOWED' })
  })
})
