import { describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import { demandKind } from '../../../src/modules/demands/index.ts'
import { closeListing } from '../../../src/modules/listings/close-listing.ts'
import { withdrawListing } from '../../../src/modules/listings/withdraw-listing.ts'
import type { Made } from '../../support/given.ts'
import { usePlace } from './place.ts'

const place = usePlace()
const refOf = ({ definition, listing }: Made) => ({ definition, id: listing.id })

describe('closeListing', () => {
  const close = (actor: Principal, made: Made, outcome: 'contracted' | 'invalid' = 'contracted') =>
    closeListing(place.deps, actor, { ...refOf(made), outcome, note: '已签约' })

  it('ends a published listing with its outcome and says so once', async () => {
    const made = await place.given.publishedDemand()
    expect(await close(made.owner, made)).toMatchObject({
      ...{ state: 'closed', outcome: 'contracted', closedAt: place.clock.now() },
    })
    const { history, events } = await place.trace(made.listing.id)
    expect(history.at(-1)).toMatchObject({ action: 'close', to_state: 'closed', note: '已签约' })
    expect(events.at(-1)).toMatchObject({
      type: 'listing.closed',
      data: { listingId: made.listing.id, kind: 'demand', market: 'ningbo', outcome: 'contracted' },
    })
    await expect(close(made.owner, made)).rejects.toMatchObject({ code: 'TRANSITION_NOT_ALLOWED' })
  })

  it('is also for an operator of the market, and for nobody else', async () => {
    const made = await place.given.publishedDemand()
    await place.given.market({ code: 'jiangsu' })
    for (const actor of [await place.given.organisation(), await place.given.operator('jiangsu')]) {
      await expect(close(actor, made)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    expect(await close(await place.given.operator(), made, 'invalid')).toMatchObject({ outcome: 'invalid' })
  })

  it('is not the way out of what was never published', async () => {
    const made = await place.given.submitted(demandKind)
    await expect(close(made.owner, made)).rejects.toMatchObject({ code: 'TRANSITION_NOT_ALLOWED' })
  })
})

describe('withdrawListing', () => {
  const withdraw = (actor: Principal, made: Made) => withdrawListing(place.deps, actor, refOf(made))

  it('takes submitted and published listings off the market', async () => {
    for (const made of [await place.given.submitted(demandKind), await place.given.publishedDemand()]) {
      expect(await withdraw(made.owner, made)).toMatchObject({ state: 'closed', outcome: 'withdrawn' })
      expect((await place.trace(made.listing.id)).events.at(-1)).toMatchObject({
        type: 'listing.closed',
        data: { listingId: made.listing.id, outcome: 'withdrawn' },
      })
    }
  })

  it('is for the owner alone, and not for a draft', async () => {
    const made = await place.given.publishedDemand()
    await expect(withdraw(await place.given.operator(), made)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const draft = await place.given.draft(demandKind)
    await expect(withdraw(draft.owner, draft)).rejects.toMatchObject({ code: 'TRANSITION_NOT_ALLOWED' })
  })
})
