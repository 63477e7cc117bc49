import { describe, expect, it } from 'vitest'
import { demandKind } from '../../../src/modules/demands/index.ts'
import { submitListing } from '../../../src/modules/listings/index.ts'
import { updateListing } from '../../../src/modules/listings/update-listing.ts'
import { supplyKind } from '../../../src/modules/supplies/index.ts'
import type { Made } from '../../support/given.ts'
import { usePlace } from './place.ts'

const place = usePlace()
const refOf = ({ definition, listing }: Made) => ({ definition, id: listing.id })
const submit = (made: Made) => submitListing(place.deps, made.owner, refOf(made))
const edit = (made: Made, patch: Record<string, unknown>) =>
  updateListing(place.deps, made.owner, { ...refOf(made), patch })

/** The example without most of what makes it clear: a clarity of 35. */
const vague = {
  problem: null,
  summary: null,
  description: '寻求合作。',
  keywords: [],
  indicators: [],
  trlMin: null,
  trlMax: null,
}

describe('a market that asks for clarity', () => {
  it('refuses a demand below its threshold and names every field that would help', async () => {
    await place.given.market({ minClarity: 60 })
    const made = await place.given.draft(demandKind, vague)
    await expect(submit(made)).rejects.toMatchObject({
      code: 'LISTING_INCOMPLETE',
      message: expect.stringMatching(/clarity of 60, and this demand has \d+\. Say more about: problem, /),
      errors: expect.arrayContaining([
        expect.objectContaining({ pointer: '#/problem', code: 'needed_for_clarity' }),
        expect.objectContaining({ pointer: '#/elements/material' }),
        expect.objectContaining({ pointer: '#/indicators' }),
      ]),
    })
    expect(await place.trace(made.listing.id)).toMatchObject({ row: { state: 'draft', version: 1 }, events: [] })
  })

  it('takes it once it says enough', async () => {
    await place.given.market({ minClarity: 60 })
    const made = await place.given.draft(demandKind)
    expect(await submit(made)).toMatchObject({ state: 'submitted' })
  })

  it('takes everything with a threshold of 0, and supplies with any', async () => {
    const made = await place.given.draft(demandKind, vague)
    expect(await submit(made)).toMatchObject({ state: 'submitted' })
    await place.given.market({ minClarity: 100 })
    expect(await submit(await place.given.draft(supplyKind))).toMatchObject({ state: 'submitted' })
  })

  it('lets no edit fall below the threshold, but leaves what it took before as it is', async () => {
    await place.given.market({ minClarity: 60 })
    const clear = await place.given.submitted(demandKind)
    await expect(edit(clear, vague)).rejects.toMatchObject({ code: 'LISTING_INCOMPLETE' })
    await place.given.market({ minClarity: 100 })
    expect(await edit(clear, { paymentPlan: '分三期' })).toMatchObject({ state: 'submitted' })
  })
})
