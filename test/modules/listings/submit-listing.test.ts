import { describe, expect, it } from 'vitest'
import { demandKind } from '../../../src/modules/demands/index.ts'
import { financeProductKind } from '../../../src/modules/financing/index.ts'
import { submitListing } from '../../../src/modules/listings/index.ts'
import { supplyKind } from '../../../src/modules/supplies/index.ts'
import type { Made } from '../../support/given.ts'
import { usePlace } from './place.ts'

const place = usePlace()
const submit = ({ definition, owner, listing }: Made, ifMatch?: number) =>
  submitListing(place.deps, owner, { definition, id: listing.id, ifMatch })

describe('submitListing', () => {
  it("hands a draft to the market's desk, with history and event", async () => {
    const made = await place.given.draft(supplyKind)
    expect(await submit(made, 1)).toMatchObject({ state: 'submitted', version: 2 })
    const { history, events } = await place.trace(made.listing.id)
    expect(history.at(-1)).toMatchObject({ action: 'submit', from_state: 'draft', to_state: 'submitted' })
    expect(events).toMatchObject([
      { type: 'listing.submitted', data: { listingId: made.listing.id, kind: 'supply', market: 'ningbo' } },
    ])
  })

  it('publishes at once where the market says so and the organisation is verified', async () => {
    await place.given.market({ publishOnSubmit: true })
    const made = await place.given.draft(supplyKind)
    expect(await submit(made)).toMatchObject({
      ...{ state: 'published', version: 3, trustCode: 'green' },
      content: { validUntil: '2027-03-02' },
    })
    const { history, events } = await place.trace(made.listing.id)
    expect(history.map(({ action, user_id }) => [action, user_id === null])).toEqual([
      ['create', false],
      ['submit', false],
      ['publish', true],
    ])
    expect(events.map(({ type }) => type)).toEqual(['listing.submitted', 'listing.published'])
  })

  it('leaves an unverified organisation waiting for the desk in the same market', async () => {
    await place.given.market({ publishOnSubmit: true })
    const by = await place.given.organisation({ isVerified: false })
    const made = await place.given.draft(supplyKind, { by })
    expect(await submit(made)).toMatchObject({ state: 'submitted', trustReasons: ['owner_unverified'] })
  })

  it.each([
    [supplyKind, ['description', 'cooperationModes', 'trl', 'priceMode']],
    [demandKind, ['problem']],
    [financeProductKind, ['description']],
  ])('names every missing field of a $label at once', async (definition, missing) => {
    const bare = Object.fromEntries([...missing, 'description'].map((field) => [field, null]))
    const made = await place.given.draft(definition, bare)
    await expect(submit(made)).rejects.toMatchObject({
      code: 'LISTING_INCOMPLETE',
      errors: missing.map((field) => ({ pointer: `#/${field}`, code: 'required_for_publication' })),
    })
    expect(await place.trace(made.listing.id)).toMatchObject({ row: { state: 'draft', version: 1 }, events: [] })
  })

  it('refuses a last day that is past', async () => {
    const made = await place.given.draft(supplyKind, { validUntil: '2026-03-01' })
    await expect(submit(made)).rejects.toMatchObject({
      code: 'LISTING_INCOMPLETE',
      errors: [{ pointer: '#/validUntil', code: 'past' }],
    })
  })

  it('is for the owner alone, from the version that it read, and once', async () => {
    const made = await place.given.draft(supplyKind)
    const stranger = await place.given.organisation()
    await expect(submit({ ...made, owner: stranger })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(submit(made, 7)).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' })
    await submit(made)
    await expect(submit(made)).rejects.toMatchObject({ code: 'TRANSITION_NOT_ALLOWED' })
  })

  it('forgets why the listing was returned before', async () => {
    const made = await place.given.draft(supplyKind)
    await place.pool.query(
      `update listings set state = 'returned', return_reasons = '{incomplete_text}', return_note = 'x'`,
    )
    expect(await submit(made)).toMatchObject({ state: 'submitted', returnReasons: [], returnNote: undefined })
  })
})
