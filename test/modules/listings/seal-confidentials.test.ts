import { describe, expect, it } from 'vitest'
import { idToUuid } from '../../../src/kernel/ids.ts'
import { readConfidential } from '../../../src/modules/listings/confidential.ts'
import { deleteListing } from '../../../src/modules/listings/delete-listing.ts'
import { sealConfidentials } from '../../../src/modules/listings/seal-confidentials.ts'
import { supplyKind } from '../../../src/modules/supplies/index.ts'
import { usePlace } from './place.ts'

const place = usePlace()
const contact = { name: '王工', phone: '0574-1234' }

/** As the program before stored it. */
async function givenInClear() {
  const made = await place.given.draft(supplyKind, { confidentialDetail: null, contact: null })
  await place.pool.query('update listing_confidentials set detail = $2, contact = $3 where listing_id = $1', [
    ...[idToUuid(made.listing.id), 'canary-7f31', JSON.stringify(contact)],
  ])
  return made
}

describe('sealConfidentials', () => {
  it('seals what is stored in clear, which reads the same before and after', async () => {
    const { listing } = await givenInClear()
    expect(await readConfidential(place.deps, listing.id)).toEqual({ detail: 'canary-7f31', contact })
    await sealConfidentials(place.deps)
    await sealConfidentials(place.deps)
    expect(await readConfidential(place.deps, listing.id)).toEqual({ detail: 'canary-7f31', contact })
    const stored = await place.pool.query('select c::text as row from listing_confidentials c')
    expect(JSON.stringify(stored.rows)).not.toMatch(/canary|王工|0574/)
  })

  it('takes a clear value, which only the program before writes, for newer than a box', async () => {
    const { listing } = await place.given.draft(supplyKind, { confidentialDetail: 'older', contact: null })
    await place.pool.query(`update listing_confidentials set detail = 'newer'`)
    expect((await readConfidential(place.deps, listing.id)).detail).toBe('newer')
    await sealConfidentials(place.deps)
    expect((await readConfidential(place.deps, listing.id)).detail).toBe('newer')
  })
})

describe('the key of a listing', () => {
  it('goes with the draft', async () => {
    const made = await place.given.draft(supplyKind, { confidentialDetail: 'canary' })
    expect((await place.pool.query('select from data_keys')).rowCount).toBe(1)
    await deleteListing(place.deps, made.owner, { definition: made.definition, id: made.listing.id, ifMatch: 1 })
    expect((await place.pool.query('select from data_keys')).rowCount).toBe(0)
  })

  it('does not open the box of another listing', async () => {
    const [one, other] = [
      await place.given.draft(supplyKind, { confidentialDetail: 'one' }),
      await place.given.draft(supplyKind, { confidentialDetail: 'other' }),
    ]
    await place.pool.query(
      `update listing_confidentials set detail_box = (select detail_box from listing_confidentials where listing_id = $1)`,
      [idToUuid(one.listing.id)],
    )
    expect((await readConfidential(place.deps, one.listing.id)).detail).toBe('one')
    await expect(readConfidential(place.deps, other.listing.id)).rejects.toThrow('does not open')
  })
})
