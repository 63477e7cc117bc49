import { beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import { demandKind } from '../../../src/modules/demands/index.ts'
import { publishListing } from '../../../src/modules/listings/index.ts'
import { returnListing } from '../../../src/modules/listings/return-listing.ts'
import { submitListing } from '../../../src/modules/listings/submit-listing.ts'
import type { Made } from '../../support/given.ts'
import { usePlace } from './place.ts'

const place = usePlace()
const refOf = ({ definition, listing }: Made, ifMatch?: number) => ({ definition, id: listing.id, ifMatch })
const publish = (actor: Principal, made: Made, ifMatch?: number) =>
  publishListing(place.deps, actor, refOf(made, ifMatch))
const giveBack = (actor: Principal, made: Made) =>
  returnListing(place.deps, actor, { ...refOf(made), reasons: ['incomplete_text'], note: '请补充指标' })

/** A branch of Ningbo, its parent, and a market elsewhere. */
beforeEach(async () => {
  await place.given.market({ code: 'ningbo' })
  await place.given.market({ code: 'ningbo-beilun', parentCode: 'ningbo' })
  await place.given.market({ code: 'jiangsu' })
})

describe.each([
  ['publishListing', publish, 'publish', 'published', 'listing.published'],
  ['returnListing', giveBack, 'return', 'returned', 'listing.returned'],
] as const)('%s', (_, act, action, state, eventType) => {
  it.each(['ningbo-beilun', 'ningbo'])('is done by an operator of %s for a listing of the branch', async (code) => {
    const by = await place.given.organisation({ market: 'ningbo-beilun' })
    const made = await place.given.submitted(demandKind, { by })
    const operator = await place.given.operator(code)
    expect(await act(operator, made)).toMatchObject({ state, version: 3 })
    const { history, events } = await place.trace(made.listing.id)
    expect(history.at(-1)).toMatchObject({ action, from_state: 'submitted', to_state: state })
    expect(events.at(-1)).toMatchObject({ type: eventType, data: { listingId: made.listing.id, kind: 'demand' } })
  })

  it('finds nothing for operators of other markets and of branches below, brokers and the owner', async () => {
    const made = await place.given.submitted(demandKind)
    const broker = await place.given.broker()
    const others = [await place.given.operator('jiangsu'), await place.given.operator('ningbo-beilun'), broker]
    for (const actor of [...others, made.owner]) {
      await expect(act(actor, made)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    expect(await place.eventsOf(made.listing.id)).toEqual(['listing.submitted'])
  })

  it('knows nothing of a draft', async () => {
    const made = await place.given.draft(demandKind)
    const operator = await place.given.operator()
    await expect(act(operator, made)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('a publication', () => {
  it('is valid for a year unless the owner named a day, and confirmed as of now', async () => {
    const operator = await place.given.operator()
    const open = await publish(operator, await place.given.submitted(demandKind))
    const named = await publish(operator, await place.given.submitted(demandKind, { validUntil: '2026-05-01' }))
    expect([open.content.validUntil, named.content.validUntil]).toEqual(['2027-03-02', '2026-05-01'])
    expect(open).toMatchObject({ publishedAt: place.clock.now(), confirmedAt: place.clock.now() })
  })

  it('is refused when the last day passed while the listing waited', async () => {
    const made = await place.given.submitted(demandKind, { validUntil: '2026-03-02' })
    place.clock.advance('1d')
    const operator = await place.given.operator()
    await expect(publish(operator, made)).rejects.toMatchObject({ code: 'LISTING_INCOMPLETE' })
  })

  it('asks the version that the operator read', async () => {
    const made = await place.given.submitted(demandKind)
    const operator = await place.given.operator()
    await expect(publish(operator, made, 1)).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' })
    expect(await publish(operator, made, 2)).toMatchObject({ state: 'published' })
  })

  it('keeps the day of the first publication when a returned listing comes back', async () => {
    const made = await place.given.publishedDemand()
    const operator = await place.given.operator()
    expect(await giveBack(operator, made)).toMatchObject({
      ...{ state: 'returned', returnReasons: ['incomplete_text'], returnNote: '请补充指标' },
    })
    expect((await place.trace(made.listing.id)).events.at(-1)?.data).toEqual({
      ...{ listingId: made.listing.id, kind: 'demand', market: 'ningbo' },
      ...{ orgId: made.owner.orgId, reasons: ['incomplete_text'] },
    })
    place.clock.advance('3d')
    await submitListing(place.deps, made.owner, refOf(made))
    const again = await publish(operator, made)
    expect(again).toMatchObject({ publishedAt: made.listing.publishedAt, confirmedAt: place.clock.now() })
  })
})
