import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.ts'
import { anonymous } from '../../../src/kernel/principal.ts'
import { demandKind } from '../../../src/modules/demands/index.ts'
import { closeListing } from '../../../src/modules/listings/close-listing.ts'
import { readListing } from '../../../src/modules/listings/read-listing.ts'
import { returnListing } from '../../../src/modules/listings/return-listing.ts'
import type { Made } from '../../support/given.ts'
import { usePlace } from './place.ts'

const place = usePlace()

/** A listing in every state that others may not see. */
async function hidden(): Promise<Made[]> {
  const returned = await place.given.submitted(demandKind)
  const refOf = ({ listing }: Made) => ({ definition: demandKind, id: listing.id })
  await returnListing(place.deps, await place.given.operator(), { ...refOf(returned), reasons: ['other'] })
  const closed = await place.given.publishedDemand()
  await closeListing(place.deps, closed.owner, { ...refOf(closed), outcome: 'contracted' })
  return [await place.given.submitted(demandKind), returned, closed]
}

describe('readListing', () => {
  it('shows a published listing to everybody, each with the own tier', async () => {
    const { owner, listing } = await place.given.publishedDemand({ confidentialDetail: '内部参数' })
    const tierFor = async (viewer: Parameters<typeof readListing>[1]) => {
      const { disclosure, confidential } = await readListing(place.deps, viewer, listing.id)
      return [disclosure, confidential?.detail]
    }
    expect(await tierFor(anonymous)).toEqual(['teaser', undefined])
    expect(await tierFor(await place.given.organisation())).toEqual(['member', undefined])
    expect(await tierFor(await place.given.operator())).toEqual(['member', undefined])
    expect(await tierFor(owner)).toEqual(['full', '内部参数'])
    expect(await tierFor(await place.given.user(owner, 'member'))).toEqual(['full', '内部参数'])
  })

  it('shows what is not published to its owner and to operators of its market, to nobody else', async () => {
    await place.given.market({ code: 'jiangsu' })
    const operator = await place.given.operator()
    const others = [anonymous, await place.given.organisation(), await place.given.broker()]
    for (const { owner, listing } of await hidden()) {
      for (const viewer of [...others, await place.given.operator('jiangsu')]) {
        await expect(readListing(place.deps, viewer, listing.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      }
      expect(await readListing(place.deps, owner, listing.id)).toMatchObject({ disclosure: 'full' })
      expect(await readListing(place.deps, operator, listing.id)).toMatchObject({ disclosure: 'member' })
    }
  })

  it('keeps a draft from the operators, too', async () => {
    const { owner, listing } = await place.given.draft(demandKind)
    const operator = await place.given.operator()
    await expect(readListing(place.deps, operator, listing.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await readListing(place.deps, owner, listing.id)).toMatchObject({ disclosure: 'full' })
  })

  it('answers for an id that nobody has as for one that is hidden', async () => {
    const { listing } = await place.given.draft(demandKind)
    const refusalOf = (id: typeof listing.id) => readListing(place.deps, anonymous, id).catch((error) => error.message)
    expect(await refusalOf(newId('demand'))).toBe(await refusalOf(listing.id))
  })
})
