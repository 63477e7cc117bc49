import { beforeEach, describe, expect, it } from 'vitest'
import { demandKind } from '../../../src/modules/demands/index.ts'
import { financeProductKind } from '../../../src/modules/financing/index.ts'
import { createListing } from '../../../src/modules/listings/index.ts'
import { supplyKind } from '../../../src/modules/supplies/index.ts'
import { testClock } from '../../support/clock.ts'
import { useTestDatabase } from '../../support/db.ts'
import { bodyOf, given } from '../../support/given.ts'
import { traceOf } from './traces.ts'

const database = useTestDatabase()
const clock = testClock()
const deps = () => ({ db: database.db, clock })

beforeEach(() => database.reset())

describe('createListing', () => {
  it('stores a draft of every kind at version 1, with its first history entry and without an event', async () => {
    const place = given(deps())
    await place.market()
    const university = await place.organisation({ kind: 'university' })
    const bank = await place.organisation({ kind: 'financial_institution' })
    for (const definition of [supplyKind, demandKind, financeProductKind]) {
      const actor = definition === financeProductKind ? bank : university
      const body = bodyOf(definition, { market: 'ningbo' })
      const listing = await createListing(deps(), actor, { definition, body })
      expect(listing).toMatchObject({ kind: definition.kind, state: 'draft', version: 1, orgId: actor.orgId })
      const trace = await traceOf(database.pool, listing.id)
      expect(trace.history).toMatchObject([
        { version: 1, action: 'create', from_state: null, to_state: 'draft', changed_fields: Object.keys(body).sort() },
      ])
      expect(trace.events).toEqual([])
    }
  })

  it('refuses a kind that an organisation of this kind cannot own', async () => {
    const place = given(deps())
    const bank = await place.organisation({ kind: 'financial_institution' })
    const enterprise = await place.organisation()
    for (const [actor, definition] of [
      [bank, supplyKind],
      [bank, demandKind],
      [enterprise, financeProductKind],
    ] as const) {
      const body = bodyOf(definition, { market: 'ningbo' })
      await expect(createListing(deps(), actor, { definition, body })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    }
    expect(await database.pool.query('select from listings')).toMatchObject({ rowCount: 0 })
  })

  it('refuses a market that does not exist and points at the field', async () => {
    const actor = await given(deps()).organisation()
    const body = bodyOf(demandKind, { market: 'atlantis' })
    await expect(createListing(deps(), actor, { definition: demandKind, body })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [{ location: 'body', pointer: '#/market', code: 'unknown_market' }],
    })
  })

  it('keeps an external id unique within the organisation and the kind, and nowhere else', async () => {
    const place = given(deps())
    const [one, other] = [await place.organisation(), await place.organisation()]
    const create = (actor: typeof one, definition: typeof supplyKind) =>
      createListing(deps(), actor, { definition, body: bodyOf(definition, { market: 'ningbo', externalId: 'A-1' }) })
    await create(one, supplyKind)
    await create(one, demandKind)
    await create(other, supplyKind)
    await expect(create(one, supplyKind)).rejects.toMatchObject({ code: 'EXTERNAL_ID_TAKEN' })
    expect(await database.pool.query('select from listings')).toMatchObject({ rowCount: 3 })
    expect(await database.pool.query('select from listing_changes')).toMatchObject({ rowCount: 3 })
  })

  it('keeps confidential text in its own table only', async () => {
    const actor = await given(deps()).organisation()
    const contact = { name: '王工', phone: '0574-1234' }
    const body = bodyOf(supplyKind, { confidentialDetail: 'canary-7f31', contact })
    const { id } = await createListing(deps(), actor, { definition: supplyKind, body })
    const trace = await traceOf(database.pool, id)
    expect(trace.confidential).toMatchObject({ detail: 'canary-7f31', contact })
    expect(JSON.stringify([trace.row, trace.history, trace.events])).not.toMatch(/canary|王工|0574/)
  })

  it("derives price, maturity and deadline from the kind's own fields", async () => {
    const actor = await given(deps()).organisation()
    const free = bodyOf(supplyKind, { priceMode: 'free_licence', trl: 4 })
    const supply = await createListing(deps(), actor, { definition: supplyKind, body: free })
    expect(supply.facets).toEqual({ trlMin: 4, trlMax: 4, priceMinFen: 0, priceMaxFen: 0 })
    const demand = await createListing(deps(), actor, { definition: demandKind, body: bodyOf(demandKind, {}) })
    expect(demand.facets).toEqual({
      ...{ trlMin: 5, trlMax: 9, priceMinFen: 50_000_000, priceMaxFen: 200_000_000 },
      deadline: '2027-06-30',
    })
  })
})
