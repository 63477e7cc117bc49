import { describe, expect, it } from 'vitest'
import { newId, idToUuid as uuidOf } from '../../../src/kernel/ids.ts'
import type { PageRequest } from '../../../src/kernel/page.ts'
import { anonymous, type Viewer } from '../../../src/kernel/principal.ts'
import { demandKind } from '../../../src/modules/demands/index.ts'
import { listListings } from '../../../src/modules/listings/list-listings.ts'
import type { ListListingsQuery } from '../../../src/modules/listings/schemas.ts'
import { supplyKind } from '../../../src/modules/supplies/index.ts'
import { usePlace } from './place.ts'

const place = usePlace()
type Query = Partial<ListListingsQuery>

const pageOf = (viewer: Viewer, query: Query = {}, page: PageRequest = { limit: 100 }) =>
  listListings(place.deps, viewer, { kind: 'supply', query: { limit: page.limit, ...query }, page })
const idsOf = async (viewer: Viewer, query?: Query) =>
  (await pageOf(viewer, query)).items.map(({ listing }) => listing.id)

describe('the public list', () => {
  it('holds what is published and not red, of one kind, newest first, each with its owner and tier', async () => {
    const by = await place.given.organisation({ kind: 'university', name: '示范大学' })
    const one = await place.given.publishedSupply({ by })
    const two = await place.given.publishedSupply({ by })
    await place.given.publishedSupply({ by, ipRights: [{ type: 'invention', legalState: 'lapsed' }] })
    await place.given.draft(supplyKind, { by })
    await place.given.submitted(supplyKind, { by })
    await place.given.publishedDemand()
    expect(await idsOf(anonymous)).toEqual([two.listing.id, one.listing.id])
    const tierFor = async (viewer: Viewer) => (await pageOf(viewer)).items[0]
    expect(await tierFor(anonymous)).toMatchObject({ disclosure: 'teaser', owner: { name: '示范大学' } })
    expect(await tierFor(await place.given.organisation())).toMatchObject({ disclosure: 'member' })
    expect(await tierFor(by)).toMatchObject({ disclosure: 'full', confidential: undefined })
  })

  it('is filtered by market with its branches, field and region prefix, alone and together', async () => {
    await place.given.market({ code: 'ningbo' })
    await place.given.market({ code: 'ningbo-beilun', parentCode: 'ningbo' })
    await place.given.market({ code: 'jiangsu' })
    const make = async (market: string, region: string | null, fields: string[]) => {
      const by = await place.given.organisation({ kind: 'university', market })
      return (await place.given.publishedSupply({ by, region, fields })).listing.id
    }
    const city = await make('ningbo', '330200', ['new-materials'])
    const branch = await make('ningbo-beilun', '330206', ['new-materials', 'advanced-manufacturing'])
    const other = await make('jiangsu', '320500', ['advanced-manufacturing'])
    const nowhere = await make('jiangsu', null, ['new-materials'])
    expect(await idsOf(anonymous, { market: 'ningbo' })).toEqual([branch, city])
    expect(await idsOf(anonymous, { market: 'ningbo-beilun' })).toEqual([branch])
    expect(await idsOf(anonymous, { market: 'atlantis' })).toEqual([])
    expect(await idsOf(anonymous, { field: 'new-materials' })).toEqual([nowhere, branch, city])
    expect(await idsOf(anonymous, { region: '33' })).toEqual([branch, city])
    expect(await idsOf(anonymous, { region: '330206' })).toEqual([branch])
    expect(await idsOf(anonymous, { region: '32', field: 'advanced-manufacturing' })).toEqual([other])
    expect(await idsOf(anonymous, { region: '3302', field: 'advanced-manufacturing', market: 'jiangsu' })).toEqual([])
  })

  it('yields each listing exactly once while others are inserted and withdrawn between the pages', async () => {
    const { listing } = await place.given.publishedSupply()
    const copy = async () => {
      const id = newId('supply')
      await place.pool.query(
        `insert into listings select (jsonb_populate_record(l, jsonb_build_object('id', $1::uuid))).* from listings l
         where id = $2`,
        [uuidOf(id), uuidOf(listing.id)],
      )
      return id
    }
    const untouched = [listing.id as string]
    for (let n = 0; n < 24; n += 1) untouched.push(await copy())
    const seen: string[] = []
    let page: PageRequest | undefined = { limit: 4 }
    while (page) {
      const { items, next } = await pageOf(anonymous, {}, page)
      seen.push(...items.map((view) => view.listing.id))
      await copy()
      const passing = await copy()
      await place.pool.query('delete from listings where id = $1', [uuidOf(passing)])
      page = next && { limit: 4, after: next }
    }
    expect(seen).toEqual([...untouched].reverse())
  })
})

describe('mine', () => {
  it('lists the own organisation in every state or one, red ones too, and nobody else', async () => {
    const by = await place.given.organisation({ kind: 'university' })
    const draft = await place.given.draft(supplyKind, { by })
    const red = await place.given.publishedSupply({ by, ipRights: [{ type: 'invention', legalState: 'lapsed' }] })
    await place.given.draft(supplyKind)
    await place.given.publishedSupply()
    expect(await idsOf(by, { mine: true })).toEqual([red.listing.id, draft.listing.id])
    expect(await idsOf(by, { mine: true, state: 'published' })).toEqual([red.listing.id])
    const colleague = await place.given.user(by, 'member')
    expect(await idsOf(colleague, { mine: true, state: 'draft' })).toEqual([draft.listing.id])
  })

  it('asks for a sign-in', async () => {
    await expect(idsOf(anonymous, { mine: true })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })
})

describe("the desk of a market's operator", () => {
  it('lists what was handed to the market and its branches, and nothing of other markets', async () => {
    await place.given.market({ code: 'ningbo' })
    await place.given.market({ code: 'ningbo-beilun', parentCode: 'ningbo' })
    await place.given.market({ code: 'jiangsu' })
    const make = async (market: string) => {
      const by = await place.given.organisation({ kind: 'university', market })
      await place.given.draft(supplyKind, { by })
      return (await place.given.submitted(supplyKind, { by })).listing.id
    }
    const [city, branch, other] = [await make('ningbo'), await make('ningbo-beilun'), await make('jiangsu')]
    const [top, below] = [await place.given.operator('ningbo'), await place.given.operator('ningbo-beilun')]
    expect(await idsOf(top, { state: 'submitted' })).toEqual([branch, city])
    expect(await idsOf(top, { state: 'submitted', market: 'ningbo-beilun' })).toEqual([branch])
    expect(await idsOf(top, { state: 'submitted', market: 'jiangsu' })).toEqual([])
    expect(await idsOf(below, { state: 'submitted', market: 'ningbo' })).toEqual([branch])
    expect(await idsOf(await place.given.operator('jiangsu'), { state: 'submitted' })).toEqual([other])
  })

  it('is closed to everybody else, and no operator lists drafts', async () => {
    await expect(idsOf(anonymous, { state: 'submitted' })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    for (const actor of [await place.given.organisation(), await place.given.broker()]) {
      await expect(idsOf(actor, { state: 'submitted' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    }
    const operator = await place.given.operator()
    await expect(idsOf(operator, { state: 'draft' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await idsOf(operator, { state: 'draft', mine: true })).toEqual([])
  })
})

describe('a list of another kind', () => {
  it('does not mix kinds', async () => {
    const { listing } = await place.given.published(demandKind)
    await place.given.publishedSupply()
    const page = { kind: 'demand', query: {}, page: { limit: 10 } } as const
    const { items } = await listListings(place.deps, anonymous, page)
    expect(items.map((view) => view.listing.id)).toEqual([listing.id])
  })
})
