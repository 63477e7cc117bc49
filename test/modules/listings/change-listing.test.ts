import { afterEach, describe, expect, it } from 'vitest'
import { idToUuid, uuidToId } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { demandKind } from '../../../src/modules/demands/index.ts'
import { closeListing } from '../../../src/modules/listings/close-listing.ts'
import { deleteListing } from '../../../src/modules/listings/delete-listing.ts'
import { type ListingRef, publishListing, submitListing } from '../../../src/modules/listings/index.ts'
import { readListing } from '../../../src/modules/listings/read-listing.ts'
import { renewListing } from '../../../src/modules/listings/renew-listing.ts'
import { returnListing } from '../../../src/modules/listings/return-listing.ts'
import { sweepListings } from '../../../src/modules/listings/sweep-listings.ts'
import { updateListing } from '../../../src/modules/listings/update-listing.ts'
import { withdrawListing } from '../../../src/modules/listings/withdraw-listing.ts'
import { supplyKind } from '../../../src/modules/supplies/index.ts'
import type { Made } from '../../support/given.ts'
import { listingKinds } from './kinds.ts'
import { usePlace } from './place.ts'

const place = usePlace()
type Act = (made: Made, operator: Principal, ref: ListingRef) => Promise<unknown>

const verbs: [string, 'draft' | 'submitted' | 'published', Act][] = [
  ['submit', 'draft', ({ owner }, _, ref) => submitListing(place.deps, owner, ref)],
  ['publish', 'submitted', (_, operator, ref) => publishListing(place.deps, operator, ref)],
  [
    'return',
    'published',
    (_, operator, ref) => returnListing(place.deps, operator, { ...ref, reasons: ['duplicate'] }),
  ],
  ['renew', 'published', ({ owner }, _, ref) => renewListing(place.deps, owner, ref)],
  ['withdraw', 'published', ({ owner }, _, ref) => withdrawListing(place.deps, owner, ref)],
  ['close', 'published', ({ owner }, _, ref) => closeListing(place.deps, owner, { ...ref, outcome: 'contracted' })],
  [
    'edit',
    'published',
    ({ owner }, _, ref) => updateListing(place.deps, owner, { ...ref, patch: { trl: 3, confidentialDetail: 'new' } }),
  ],
  [
    'expire',
    'published',
    () => {
      place.clock.advance('400d')
      return sweepListings({ ...place.deps, listingKinds })
    },
  ],
]

describe('a change whose event cannot be stored', () => {
  const refuseEvents = () =>
    place.pool.query(`
      create function refuse_events() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$;
      create trigger refuse_events before insert on outbox_events for each row execute function refuse_events()`)
  afterEach(() => place.pool.query('drop function refuse_events cascade'))

  it.each(verbs)('%s leaves row, history and confidential part as they were', async (_, stage, act) => {
    const made = await place.given[stage](supplyKind, { confidentialDetail: 'old' })
    const operator = await place.given.operator()
    const before = await place.trace(made.listing.id)
    await refuseEvents()
    await expect(act(made, operator, { definition: supplyKind, id: made.listing.id })).rejects.toThrow()
    expect(await place.trace(made.listing.id)).toEqual(before)
  })
})

describe('a change', () => {
  it.each(verbs)(
    '%s writes one row version, one history entry and one event, which carries ids alone',
    async (...verb) => {
      const [action, stage, act] = verb
      const made = await place.given[stage](supplyKind, { title: '标题金丝雀', summary: '摘要金丝雀' })
      const operator = await place.given.operator()
      const before = await place.trace(made.listing.id)
      await act(made, operator, { definition: supplyKind, id: made.listing.id })
      const after = await place.trace(made.listing.id)
      expect(after.row?.version).toBe(made.listing.version + 1)
      expect(after.row?.updated_at).toEqual(place.clock.now())
      expect(after.history.slice(before.history.length)).toMatchObject([{ action, version: made.listing.version + 1 }])
      const added = after.events.slice(before.events.length)
      expect(added).toHaveLength(1)
      expect(JSON.stringify([added, after.history])).not.toContain('金丝雀')
    },
  )
})

describe('the id of a supply written as the id of a demand', () => {
  it('names nothing: it is neither read, nor changed, nor deleted', async () => {
    const { owner, listing } = await place.given.draft(supplyKind)
    const before = await place.trace(listing.id)
    const ref = { definition: demandKind, id: uuidToId('demand', idToUuid(listing.id)) }
    await expect(readListing(place.deps, owner, ref.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(updateListing(place.deps, owner, { ...ref, patch: {} })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(deleteListing(place.deps, owner, ref)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await place.trace(listing.id)).toEqual(before)
  })
})
