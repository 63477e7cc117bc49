import { beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import { demandKind } from '../../../src/modules/demands/index.ts'
import { closeListing } from '../../../src/modules/listings/close-listing.ts'
import { updateListing } from '../../../src/modules/listings/update-listing.ts'
import { shippedModel } from '../../../src/modules/matching/domain/shipped-models.ts'
import { type Match, markMatchDecided } from '../../../src/modules/matching/index.ts'
import { matchListing } from '../../../src/modules/matching/match-listing.ts'
import type { Side } from '../../../src/modules/matching/match-repo.ts'
import { rematchDemands } from '../../../src/modules/matching/rematch-demands.ts'
import { removeListing } from '../../../src/modules/matching/remove-listing.ts'
import { findActiveTextModel } from '../../../src/modules/matching/statistics-repo.ts'
import { trainTextModel } from '../../../src/modules/matching/train-text-model.ts'
import { testClock } from '../../support/clock.ts'
import { useTestDatabase } from '../../support/db.ts'
import { type Given, type GivenListing, given, type Made } from '../../support/given.ts'
import { testVault } from '../../support/vault.ts'
import { BATTERY_DEMAND, BATTERY_SUPPLY, NOISE, noiseSupply } from './texts.ts'
import { wholeMatchesOf } from './whole-matches.ts'

const database = useTestDatabase()
const clock = testClock()
let deps: { db: typeof database.db; clock: typeof clock }
let market: Given
let university: Principal
let enterprise: Principal

beforeEach(async () => {
  await database.reset()
  deps = { db: database.db, clock }
  market = given(deps)
  await market.market({ publishOnSubmit: true })
  university = await market.organisation({ kind: 'university' })
  enterprise = await market.organisation()
})

const idOf = ({ listing }: Made) => listing.id as Side
const match = (made: Made) => matchListing(deps, { listingId: idOf(made) })
const supply = (fields: GivenListing = {}) => market.publishedSupply({ by: university, ...BATTERY_SUPPLY, ...fields })
const demand = (fields: GivenListing = {}) => market.publishedDemand({ by: enterprise, ...BATTERY_DEMAND, ...fields })
const matchesOf = (made: Made) => wholeMatchesOf(database.db, idOf(made))
const rowsOf = async (sql: string) => (await database.pool.query(sql)).rows
const proposals = () => rowsOf("select data from outbox_events where type = 'matches.proposed' order by seq")

async function noise(): Promise<Made[]> {
  const made: Made[] = []
  for (const title of NOISE) made.push(await supply(noiseSupply(title)))
  for (const one of made) await match(one)
  return made
}

const only = (matches: readonly Match[]): Match => {
  expect(matches).toHaveLength(1)
  return matches[0] as Match
}

describe('a published demand', () => {
  it('finds the right supply among noise, whole with scores, reasons and the text model that was used', async () => {
    await noise()
    const right = await supply()
    await match(right)
    const wanted = await demand()
    await match(wanted)
    const [best, ...rest] = (await matchesOf(wanted)).sort((a, b) => b.score - a.score)
    expect(best).toMatchObject({
      supplyId: idOf(right),
      state: 'proposed',
      gates: [],
      market: 'ningbo',
      supplyVersion: 3,
    })
    expect(best?.score).toBeGreaterThan(0.3)
    expect(best?.explanation.join('')).toContain('磷酸铁锂')
    expect(best?.parts.map(({ feature }) => feature)).toContain('content_preference')
    for (const other of rest) expect(other.score).toBeLessThan((best?.score ?? 0) - 0.1)
    const model = await findActiveTextModel(database.db)
    expect(best?.modelVersion).toBe(`${shippedModel.version}/${best?.textModelVersion}`)
    expect(model?.documentCount).toBeGreaterThanOrEqual(20)
    expect((await proposals()).at(-1)?.data).toMatchObject({ listingId: idOf(wanted) })
  })

  it.each([
    ['costs more than its budget', { priceMode: 'fixed', priceMinFen: 90_000_000 }, { budgetMaxFen: 10_000_000 }],
    ['comes from another region', { region: '320100' }, { preferredRegions: ['330200'] }],
    ['offers other modes alone', { cooperationModes: ['equity'] }, {}],
    ['is immature', { trl: 2 }, { trlMin: 7 }],
  ])('is not matched with a supply that %s', async (_, offered, asked) => {
    await match(await supply())
    const barred = await supply(offered)
    await match(barred)
    const wanted = await demand({ budgetMinFen: null, ...asked })
    await match(wanted)
    expect((await matchesOf(wanted)).map(({ supplyId }) => supplyId)).not.toContain(idOf(barred))
    expect(await matchesOf(wanted)).toHaveLength(1)
  })

  it("is not matched with its own organisation's supply", async () => {
    await match(await supply({ by: enterprise }))
    const wanted = await demand()
    await match(wanted)
    expect(await matchesOf(wanted)).toEqual([])
  })

  it('and a supply published at the same time find each other', async () => {
    const [one, other] = [await supply(), await demand()]
    await Promise.all([match(one), match(other)])
    const found = only(await matchesOf(other))
    expect(found).toMatchObject({ supplyId: idOf(one), state: 'proposed' })
  })

  it('is matched from either side with the same score', async () => {
    const [one, other] = [await supply(), await demand()]
    await match(one)
    await match(other)
    const fromDemand = only(await matchesOf(other))
    await database.pool.query('delete from matches')
    await match(one)
    const fromSupply = only(await matchesOf(other))
    expect({ ...fromSupply, id: fromDemand.id }).toEqual(fromDemand)
  })

  it('does not leak confidential text into documents and matches', async () => {
    const secret = '绝密配方丙烯腈七四三'
    await match(await supply({ confidentialDetail: secret }))
    await match(await demand({ confidentialDetail: secret, contact: { name: '丙烯腈先生' } }))
    const rows = await rowsOf(`select (select string_agg(d::text, '') from match_documents d) ||
      (select string_agg(m::text, '') from matches m) as everything`)
    expect(rows[0].everything).toContain('磷酸铁锂')
    expect(rows[0].everything).not.toContain('丙烯腈')
  })
})

describe('a second run', () => {
  it('writes nothing and proposes nothing', async () => {
    await match(await supply())
    const wanted = await demand()
    await match(wanted)
    const state = () =>
      rowsOf(`select (select json_agg(m order by id) from matches m) as matches,
      (select json_agg(m.xmin order by id) from matches m) as written,
      (select json_agg(d.xmin order by listing_id) from match_documents d) as documents,
      (select count(*) from outbox_events) as events`)
    const before = await state()
    clock.advance('1m')
    await match(wanted)
    expect(await state()).toEqual(before)
  })
})

describe('an update', () => {
  const update = (made: Made, patch: Record<string, unknown>) =>
    updateListing({ ...deps, vault: testVault }, made.owner, {
      definition: made.definition,
      id: made.listing.id,
      patch,
    })

  it('lowers and raises the score of the stored match and proposes it again', async () => {
    await match(await supply())
    const wanted = await demand()
    await match(wanted)
    const high = only(await matchesOf(wanted))
    await update(wanted, { title: '储能电池低温性能提升', keywords: [] })
    await match(wanted)
    const low = only(await matchesOf(wanted))
    expect(low).toMatchObject({ id: high.id, state: 'proposed', demandVersion: high.demandVersion + 1 })
    expect(low.score).toBeLessThan(high.score)
    await update(wanted, { title: BATTERY_DEMAND.title, keywords: BATTERY_DEMAND.keywords })
    await match(wanted)
    expect(only(await matchesOf(wanted)).score).toBe(high.score)
    expect(await proposals()).toHaveLength(3)
  })

  it('that closes a gate makes the match stale, and one that opens it brings the match back', async () => {
    await match(await supply({ region: '330206' }))
    const wanted = await demand()
    await match(wanted)
    await update(wanted, { preferredRegions: ['320000'] })
    await match(wanted)
    expect(only(await matchesOf(wanted)).state).toBe('stale')
    expect(await rowsOf("select from outbox_events where type = 'matches.withdrawn'")).toHaveLength(1)
    await update(wanted, { preferredRegions: null })
    await match(wanted)
    expect(only(await matchesOf(wanted)).state).toBe('proposed')
  })

  it('leaves a decided match as the broker saw it', async () => {
    await match(await supply())
    const wanted = await demand()
    await match(wanted)
    const proposed = only(await matchesOf(wanted))
    await markMatchDecided(database.db, proposed.id, 'rejected', clock.now())
    await update(wanted, { title: '储能电池低温性能提升' })
    await match(wanted)
    expect(only(await matchesOf(wanted))).toMatchObject({ state: 'rejected', score: proposed.score, demandVersion: 3 })
  })
})

describe('closing a listing', () => {
  it('removes its document and makes undecided matches stale, while decided ones stay', async () => {
    const [kept, left] = [await supply(), await supply({ title: '磷酸铁锂正极材料低温改性技术' })]
    await match(kept)
    await match(left)
    const wanted = await demand()
    await match(wanted)
    const approved = (await matchesOf(wanted)).find(({ supplyId }) => supplyId === idOf(kept)) as Match
    await markMatchDecided(database.db, approved.id, 'approved', clock.now())
    await closeListing(deps, wanted.owner, { definition: demandKind, id: wanted.listing.id, outcome: 'contracted' })
    await removeListing(deps, { listingId: idOf(wanted) })
    const states = new Map((await matchesOf(wanted)).map(({ supplyId, state }) => [supplyId as string, state]))
    expect(states).toEqual(
      new Map([
        [kept.listing.id, 'approved'],
        [left.listing.id, 'stale'],
      ]),
    )
    expect(await rowsOf(`select from match_documents where facts ->> 'id' = '${wanted.listing.id}'`)).toEqual([])
    await match(left)
    expect((await matchesOf(left)).map(({ state }) => state)).toEqual(['stale'])
  })

  it('never leaves a proposed match behind, whenever it comes while the other side is matched', async () => {
    const wanted = await demand()
    for (let round = 0; round < 8; round += 1) {
      const offered = await supply()
      const { definition, owner } = offered
      await match(offered)
      const close = async () => {
        await closeListing(deps, owner, { definition, id: offered.listing.id, outcome: 'invalid' })
        await removeListing(deps, { listingId: idOf(offered) })
      }
      await Promise.all([match(wanted), close(), match(offered)])
      expect((await matchesOf(offered)).map(({ state }) => state)).not.toContain('proposed')
    }
  })

  it('does nothing when the listing is on the market after all', async () => {
    const offered = await supply()
    await match(offered)
    await removeListing(deps, { listingId: idOf(offered) })
    expect(await rowsOf('select from match_documents')).toHaveLength(1)
  })

  it('also removes what turns red', async () => {
    const offered = await supply({ ipRights: [{ type: 'invention', legalState: 'lapsed' }] })
    expect(offered.listing.trustCode).toBe('red')
    await match(offered)
    expect(await rowsOf('select from match_documents')).toEqual([])
  })
})

describe('markMatchDecided', () => {
  it('repeats itself without complaint and refuses another decision, also of what went stale', async () => {
    await match(await supply())
    const wanted = await demand()
    await match(wanted)
    const { id } = only(await matchesOf(wanted))
    await markMatchDecided(database.db, id, 'approved', clock.now())
    await markMatchDecided(database.db, id, 'approved', clock.now())
    await expect(markMatchDecided(database.db, id, 'rejected', clock.now())).rejects.toMatchObject({
      code: 'ALREADY_DECIDED',
    })
    await database.pool.query("update matches set state = 'stale', decided_at = null")
    await expect(markMatchDecided(database.db, id, 'approved', clock.now())).rejects.toMatchObject({
      code: 'TRANSITION_NOT_ALLOWED',
    })
  })
})

describe('a better text model', () => {
  it('scores the demands again that a much smaller one had scored, once', async () => {
    await match(await supply())
    const wanted = await demand()
    await match(wanted)
    const before = only(await matchesOf(wanted))
    for (const title of NOISE.slice(0, 24)) await supply(noiseSupply(title)).then((one) => match(one))
    await trainTextModel(deps)
    await rematchDemands(deps)
    const after = (await matchesOf(wanted)).find(({ id }) => id === before.id)
    expect(after?.textModelVersion).toBe((await findActiveTextModel(database.db))?.version)
    expect(after?.textModelVersion).not.toBe(before.textModelVersion)
    const events = await proposals()
    await rematchDemands(deps)
    expect(await proposals()).toEqual(events)
  })
})
