import { describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import { readConfidential } from '../../../src/modules/listings/confidential.ts'
import type { Listing } from '../../../src/modules/listings/index.ts'
import { updateListing } from '../../../src/modules/listings/update-listing.ts'
import { supplyKind } from '../../../src/modules/supplies/index.ts'
import { usePlace } from './place.ts'

const place = usePlace()
type Patch = Record<string, unknown>

const update = (actor: Principal, listing: Listing, patch: Patch, ifMatch?: number) =>
  updateListing(place.deps, actor, { definition: supplyKind, id: listing.id, ifMatch, patch })

const errorOf = async (attempt: Promise<unknown>) => {
  try {
    await attempt
  } catch (error) {
    return error as { code: string; errors?: { pointer: string; code: string }[]; headers?: Record<string, string> }
  }
  throw new Error('it was not refused')
}

describe('a merge patch', () => {
  it('changes what it names, removes by null, leaves the rest, and counts the version', async () => {
    const { owner, listing } = await place.given.draft(supplyKind)
    const after = await update(owner, listing, { title: '新的标题文字', region: null, keywords: null, trl: 8 }, 1)
    expect(after).toMatchObject({ version: 2, state: 'draft', facets: { trlMin: 8, trlMax: 8 } })
    expect(after.content).toEqual({ ...listing.content, title: '新的标题文字', region: undefined, keywords: [] })
    expect(after.details).toEqual({ ...listing.details, trl: 8 })
    const { row, history, events } = await place.trace(listing.id)
    expect(row).toMatchObject({ title: '新的标题文字', region: null, keywords: [], trl_min: 8, version: 2 })
    expect(history.at(-1)).toMatchObject({ action: 'edit', changed_fields: ['keywords', 'region', 'title', 'trl'] })
    expect(events).toEqual([])
  })

  it('merges objects member by member and replaces lists as a whole', async () => {
    const provenance = { source: '技术交易网', note: '2025 年目录' }
    const ipRights = [{ type: 'know_how', legalState: 'granted' }]
    const { owner, listing } = await place.given.draft(supplyKind, { provenance, ipRights })
    const patch = {
      ...{ provenance: { note: null, url: 'https://example.com/a' }, contact: { name: '王工', phone: '0574-1' } },
      ...{ ipRights: [{ type: 'software', legalState: 'pending' }] },
    }
    const after = await update(owner, listing, patch)
    expect(after.content.provenance).toEqual({ source: '技术交易网', url: 'https://example.com/a' })
    expect(after.details.ipRights).toEqual([{ type: 'software', legalState: 'pending' }])
    await update(owner, listing, { contact: { phone: '0574-2' } })
    expect(await readConfidential(place.deps, listing.id)).toEqual({ contact: { name: '王工', phone: '0574-2' } })
    await update(owner, listing, { contact: null })
    expect(await readConfidential(place.deps, listing.id)).toEqual({})
  })

  it('is refused with a pointer when the result breaks a rule across fields, and stores nothing', async () => {
    const priced = { priceMode: 'range', priceMinFen: 100, priceMaxFen: 200 }
    const { owner, listing } = await place.given.draft(supplyKind, priced)
    const before = await place.trace(listing.id)
    const { code, errors } = await errorOf(update(owner, listing, { priceMaxFen: 50, confidentialDetail: 'secret' }))
    expect([code, errors?.map(({ pointer }) => pointer)]).toEqual(['VALIDATION_FAILED', ['#/priceMaxFen']])
    expect((await errorOf(update(owner, listing, { priceMinFen: null }))).errors?.[0]?.pointer).toBe('#/priceMode')
    expect(await place.trace(listing.id)).toEqual(before)
  })

  it('cannot remove what every listing has', async () => {
    const { owner, listing } = await place.given.draft(supplyKind)
    const { code, errors } = await errorOf(update(owner, listing, { title: null, fields: null }))
    expect([code, errors?.map(({ pointer }) => pointer)]).toEqual(['VALIDATION_FAILED', ['#/title', '#/fields']])
  })

  it('cannot take the external id of another listing', async () => {
    const { owner } = await place.given.draft(supplyKind, { externalId: 'A-1' })
    const { listing } = await place.given.draft(supplyKind, { by: owner, externalId: 'A-2' })
    await expect(update(owner, listing, { externalId: 'A-1' })).rejects.toMatchObject({ code: 'EXTERNAL_ID_TAKEN' })
    expect(await place.trace(listing.id)).toMatchObject({ row: { version: 1 }, history: [{ version: 1 }] })
  })
})

describe('who may change a listing, and when', () => {
  it("answers that another organisation's listing does not exist, whatever the version", async () => {
    const { listing } = await place.given.publishedSupply()
    const stranger = await place.given.organisation()
    const operator = await place.given.operator()
    for (const actor of [stranger, operator]) {
      await expect(update(actor, listing, { trl: 1 }, 999)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
  })

  it('refuses a stale version before it looks at the patch, and names the current one', async () => {
    const { owner, listing } = await place.given.draft(supplyKind)
    await update(owner, listing, { trl: 8 }, 1)
    const refusal = await errorOf(update(owner, listing, { title: null }, 1))
    expect(refusal).toMatchObject({ code: 'PRECONDITION_FAILED', headers: { etag: '"v2"' } })
  })

  it('lets exactly one of 20 parallel changes with the same version win', async () => {
    const { owner, listing } = await place.given.publishedSupply()
    await openAllConnections(place.pool)
    const attempts = Array.from({ length: 20 }, (_, trl) =>
      update(owner, listing, { keywords: [`词${trl}`] }, listing.version),
    )
    const results = await Promise.allSettled(attempts)
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []))
    expect(refused).toEqual(Array(19).fill('PRECONDITION_FAILED'))
    const { row, history, events } = await place.trace(listing.id)
    expect(row).toMatchObject({ version: listing.version + 1 })
    expect(history.filter(({ action }) => action === 'edit')).toHaveLength(1)
    expect(events.filter(({ type }) => type === 'listing.updated')).toHaveLength(1)
  })

  it('refuses to change what is closed', async () => {
    const { owner, listing } = await place.given.draft(supplyKind)
    await place.pool.query(`update listings set state = 'closed', outcome = 'withdrawn'`)
    await expect(update(owner, listing, { trl: 1 })).rejects.toMatchObject({ code: 'TRANSITION_NOT_ALLOWED' })
  })
})

describe('a listing on the market', () => {
  it('stays published, is announced as updated, and keeps its last day', async () => {
    const { owner, listing } = await place.given.publishedSupply()
    const after = await update(owner, listing, { title: '换一个标题', validUntil: null })
    expect(after).toMatchObject({ state: 'published', content: { validUntil: listing.content.validUntil } })
    const { events } = await place.trace(listing.id)
    expect(events.at(-1)).toMatchObject({
      type: 'listing.updated',
      data: { listingId: listing.id, kind: 'supply', market: 'ningbo' },
    })
  })

  it('stays complete, as does what waits for publication, while a draft may lose anything', async () => {
    const { owner, listing: published } = await place.given.publishedSupply()
    const { listing: submitted } = await place.given.submitted(supplyKind, { by: owner })
    const { listing: draft } = await place.given.draft(supplyKind, { by: owner })
    const patch = { description: null, trl: null }
    for (const listing of [published, submitted]) {
      const { code, errors } = await errorOf(update(owner, listing, patch))
      expect([code, errors?.map(({ pointer }) => pointer)]).toEqual(['LISTING_INCOMPLETE', ['#/description', '#/trl']])
    }
    expect(await update(owner, draft, patch)).toMatchObject({ version: 2 })
  })

  it('cannot be given a last day that is past', async () => {
    const { owner, listing } = await place.given.publishedSupply()
    expect(await errorOf(update(owner, listing, { validUntil: '2026-03-01' }))).toMatchObject({
      code: 'LISTING_INCOMPLETE',
      errors: [{ pointer: '#/validUntil', code: 'past' }],
    })
    expect(await update(owner, listing, { validUntil: '2026-03-02' })).toMatchObject({ trustCode: 'green' })
  })

  it('shows its new trust code at once', async () => {
    const { owner, listing } = await place.given.publishedSupply()
    const lapsed = await update(owner, listing, { ipRights: [{ type: 'invention', legalState: 'lapsed' }] })
    expect([lapsed.trustCode, lapsed.trustReasons]).toEqual(['red', ['ip_lapsed']])
    expect(await update(owner, listing, { ipRights: null })).toMatchObject({ trustCode: 'green', trustReasons: [] })
  })
})

/** Otherwise the first change is done before the second connection is open, and nothing is parallel. */
async function openAllConnections(pool: typeof place.pool): Promise<void> {
  const clients = await Promise.all(Array.from({ length: pool.options.max ?? 10 }, () => pool.connect()))
  for (const client of clients) client.release()
}
