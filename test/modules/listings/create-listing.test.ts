import { describe, expect, it } from 'vitest'
import { demandKind } from '../../../src/modules/demands/index.ts'
import { financeProductKind } from '../../../src/modules/financing/index.ts'
import { readConfidential } from '../../../src/modules/listings/confidential.ts'
import { createListing } from '../../../src/modules/listings/index.ts'
import { supplyKind } from '../../../src/modules/supplies/index.ts'
import { bodyOf } from '../../support/given.ts'
import { usePlace } from './place.ts'

const place = usePlace()

describe('createListing', () => {
  it('stores a draft of every kind at version 1, with its first history entry and without an event', async () => {
    await place.given.market()
    const university = await place.given.organisation({ kind: 'university' })
    const bank = await place.given.organisation({ kind: 'financial_institution' })
    for (const definition of [supplyKind, demandKind, financeProductKind]) {
      const actor = definition === financeProductKind ? bank : university
      const body = bodyOf(definition, { market: 'ningbo' })
      const listing = await createListing(place.deps, actor, { definition, body })
      expect(listing).toMatchObject({ kind: definition.kind, state: 'draft', version: 1, orgId: actor.orgId })
      const trace = await place.trace(listing.id)
      expect(trace.history).toMatchObject([
        { version: 1, action: 'create', from_state: null, to_state: 'draft', changed_fields: Object.keys(body).sort() },
      ])
      expect(trace.events).toEqual([])
    }
  })

  it('refuses a kind that an organisation of this kind cannot own', async () => {
    const bank = await place.given.organisation({ kind: 'financial_institution' })
    const enterprise = await place.given.organisation()
    for (const [actor, definition] of [
      [bank, supplyKind],
      [bank, demandKind],
      [enterprise, financeProductKind],
    ] as const) {
      const body = bodyOf(definition, { market: 'ningbo' })
      await expect(createListing(place.deps, actor, { definition, body })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    }
    expect(await place.pool.query('select from listings')).toMatchObject({ rowCount: 0 })
  })

  it('refuses a market that does not exist and points at the field', async () => {
    const actor = await place.given.organisation()
    const body = bodyOf(demandKind, { market: 'atlantis' })
    await expect(createListing(place.deps, actor, { definition: demandKind, body })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [{ location: 'body', pointer: '#/market', code: 'unknown_market' }],
    })
  })

  it('keeps an external id unique within the organisation and the kind, and nowhere else', async () => {
    const [one, other] = [await place.given.organisation(), await place.given.organisation()]
    const create = (actor: typeof one, definition: typeof supplyKind) =>
      createListing(place.deps, actor, {
        definition,
        body: bodyOf(definition, { market: 'ningbo', externalId: 'A-1' }),
      })
    await create(one, supplyKind)
    await create(one, demandKind)
    await create(other, supplyKind)
    await expect(create(one, supplyKind)).rejects.toMatchObject({ code: 'EXTERNAL_ID_TAKEN' })
    expect(await place.pool.query('select from listings')).toMatchObject({ rowCount: 3 })
    expect(await place.pool.query('select from listing_changes')).toMatchObject({ rowCount: 3 })
  })

  it('keeps confidential text in its own table only, and there sealed', async () => {
    const actor = await place.given.organisation()
    const contact = { name: '王工', phone: '0574-1234' }
    const body = bodyOf(supplyKind, { confidentialDetail: 'canary-7f31', contact })
    const { id } = await createListing(place.deps, actor, { definition: supplyKind, body })
    const trace = await place.trace(id)
    expect(await readConfidential(place.deps, id)).toEqual({ detail: 'canary-7f31', contact })
    expect(trace.confidential).toMatchObject({ detail: null, contact: null })
    expect(JSON.stringify(trace)).not.toMatch(/canary|王工|0574/)
  })

  it("derives price, maturity and deadline from the kind's own fields", async () => {
    const actor = await place.given.organisation()
    const free = bodyOf(supplyKind, { priceMode: 'free_licence', trl: 4 })
    const supply = await createListing(place.deps, actor, { definition: supplyKind, body: free })
    expect(supply.facets).toEqual({ trlMin: 4, trlMax: 4, priceMinFen: 0, priceMaxFen: 0 })
    const demand = await createListing(place.deps, actor, { definition: demandKind, body: bodyOf(demandKind, {}) })
    expect(demand.facets).toEqual({
      ...{ trlMin: 5, trlMax: 9, priceMinFen: 50_000_000, priceMaxFen: 200_000_000 },
      deadline: '2027-06-30',
    })
  })
})
