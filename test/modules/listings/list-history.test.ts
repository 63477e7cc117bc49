import { describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import { demandKind } from '../../../src/modules/demands/index.ts'
import type { ListingId } from '../../../src/modules/listings/index.ts'
import { listHistory } from '../../../src/modules/listings/list-history.ts'
import { toHistoryEntry } from '../../../src/modules/listings/present.ts'
import { returnListing } from '../../../src/modules/listings/return-listing.ts'
import { submitListing } from '../../../src/modules/listings/submit-listing.ts'
import { usePlace } from './place.ts'

const place = usePlace()
const historyOf = async (actor: Principal, id: ListingId, limit = 20, after?: readonly string[]) => {
  const page = await listHistory(place.deps, actor, { id, page: { limit, ...(after && { after }) } })
  return { entries: page.items.map(toHistoryEntry), next: page.next }
}

describe('the history of a listing', () => {
  it('tells its owner and the operators of its market line what happened and who did it, newest first', async () => {
    await place.given.market({ code: 'ningbo' })
    await place.given.market({ code: 'ningbo-beilun', parentCode: 'ningbo' })
    const by = await place.given.organisation({ market: 'ningbo-beilun' })
    const { listing } = await place.given.submitted(demandKind, { by })
    const operator = await place.given.operator('ningbo')
    const ref = { definition: demandKind, id: listing.id }
    await returnListing(place.deps, operator, { ...ref, reasons: ['duplicate'], note: '与另一条重复' })
    for (const reader of [by, operator, await place.given.operator('ningbo-beilun')]) {
      const { entries } = await historyOf(reader, listing.id)
      expect(entries.map(({ version, action, by: who }) => [version, action, who])).toEqual([
        [3, 'return', 'operator'],
        [2, 'submit', 'owner'],
        [1, 'create', 'owner'],
      ])
      expect(entries[0]).toMatchObject({
        ...{ fromState: 'submitted', toState: 'returned', reasons: ['duplicate'], note: '与另一条重复' },
      })
    }
  })

  it('names the system where the rules of the market published', async () => {
    await place.given.market({ publishOnSubmit: true })
    const { owner, listing } = await place.given.publishedDemand()
    expect((await historyOf(owner, listing.id)).entries[0]).toMatchObject({ action: 'publish', by: 'system' })
  })

  it('does not exist for anybody else, although the listing is public, nor for operators while it is a draft', async () => {
    await place.given.market({ code: 'jiangsu' })
    const { listing } = await place.given.publishedDemand()
    const others = [await place.given.organisation(), await place.given.broker(), await place.given.operator('jiangsu')]
    for (const actor of others) {
      await expect(historyOf(actor, listing.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    const draft = await place.given.draft(demandKind)
    const operator = await place.given.operator()
    await expect(historyOf(operator, draft.listing.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('pages without gap or repetition while the listing goes on changing', async () => {
    const { owner, listing, definition } = await place.given.draft(demandKind)
    const operator = await place.given.operator()
    const ref = { definition, id: listing.id }
    for (let round = 0; round < 3; round += 1) {
      await submitListing(place.deps, owner, ref)
      await returnListing(place.deps, operator, { ...ref, reasons: ['other'] })
    }
    const first = await historyOf(owner, listing.id, 3)
    await submitListing(place.deps, owner, ref)
    const second = await historyOf(owner, listing.id, 3, first.next)
    const third = await historyOf(owner, listing.id, 3, second.next)
    const versions = [first, second, third].flatMap(({ entries }) => entries.map(({ version }) => version))
    expect(versions).toEqual([7, 6, 5, 4, 3, 2, 1])
    expect(third.next).toBeUndefined()
  })
})
