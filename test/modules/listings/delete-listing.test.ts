import { describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import { demandKind } from '../../../src/modules/demands/index.ts'
import { deleteListing } from '../../../src/modules/listings/delete-listing.ts'
import type { Made } from '../../support/given.ts'
import { usePlace } from './place.ts'

const place = usePlace()
const remove = (actor: Principal, { definition, listing }: Made, ifMatch = listing.version) =>
  deleteListing(place.deps, actor, { definition, id: listing.id, ifMatch })

describe('deleteListing', () => {
  it('removes a draft with its history and its confidential part, and says so to who keeps its files', async () => {
    const made = await place.given.draft(demandKind, { confidentialDetail: 'canary' })
    await remove(made.owner, made)
    expect(await place.trace(made.listing.id)).toMatchObject({
      row: undefined,
      history: [],
      events: [{ type: 'listing.deleted' }],
      confidential: undefined,
    })
  })

  it('refuses everything that somebody may have seen', async () => {
    const made = [await place.given.submitted(demandKind), await place.given.publishedDemand()]
    for (const one of made) {
      await expect(remove(one.owner, one)).rejects.toMatchObject({ code: 'TRANSITION_NOT_ALLOWED' })
      expect((await place.trace(one.listing.id)).row).toBeDefined()
    }
  })

  it('is for the owner alone and asks the version', async () => {
    const made = await place.given.draft(demandKind)
    const colleague = await place.given.user(made.owner, 'member')
    await expect(remove(await place.given.organisation(), made)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(remove(made.owner, made, 2)).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' })
    await remove(colleague, made)
    await expect(remove(made.owner, made)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
