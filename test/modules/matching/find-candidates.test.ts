import { beforeAll, describe, expect, it } from 'vitest'
import { newId, uuidToId } from '../../../src/kernel/ids.ts'
import { activeModels } from '../../../src/modules/matching/active-models.ts'
import { explainCandidates, listCandidates } from '../../../src/modules/matching/candidate-repo.ts'
import { cutWords } from '../../../src/modules/matching/cut-words.ts'
import { upsertDocument } from '../../../src/modules/matching/document-repo.ts'
import { indexTerms } from '../../../src/modules/matching/domain/candidates.ts'
import type { Facts } from '../../../src/modules/matching/domain/types.ts'
import { candidateQuery, findCandidates } from '../../../src/modules/matching/find-candidates.ts'
import { countTerms, refreshTermFrequencies } from '../../../src/modules/matching/refresh-term-frequencies.ts'
import { findTermCounts } from '../../../src/modules/matching/statistics-repo.ts'
import { testClock } from '../../support/clock.ts'
import { useTestDatabase } from '../../support/db.ts'
import { aDemand, aSupply } from './domain/market.ts'
import { insertSyntheticSupplies } from './synthetic-market.ts'

const database = useTestDatabase()
const clock = testClock()
const deps = () => ({ db: database.db, clock })
const side = { kind: 'supply', exceptOrgId: newId('organisation') } as const

beforeAll(async () => {
  await insertSyntheticSupplies(database.pool, 20_000)
  await countTerms(deps(), 'supply')
})

const supplyOf = (facts: Partial<Facts>): Facts =>
  aSupply({ id: newId('supply'), orgId: newId('organisation'), ...facts })
const demandOf = (facts: Partial<Facts>): Facts =>
  aDemand({ id: newId('demand'), orgId: newId('organisation'), ...facts })

async function add(facts: Facts): Promise<string> {
  await upsertDocument(database.db, { facts, version: 1, terms: indexTerms(facts, cutWords) }, clock.now())
  return facts.id
}

const candidateIds = async (facts: Facts, options?: { gatedOn?: string }) => {
  const uuids = await findCandidates(database.db, { facts, ...(await activeModels(database.db)) }, options)
  return uuids.map((uuid) => uuidToId('supply', uuid) as string)
}

describe('candidates among 20,000 supplies', () => {
  it('are found through the GIN index of their side, for words and for neighbours', async () => {
    const query = await candidateQuery(database.db, demandOf({ title: 't12 t77 t300 t1400', fields: ['f3'] }), side)
    expect(query.terms.map(({ term }) => term)).toEqual(expect.arrayContaining(['w:t12', 'w:t1400']))
    const plan = await explainCandidates(database.db, query)
    expect(plan.match(/Bitmap Index Scan on match_documents__supply_terms/g)).toHaveLength(2)
    expect(plan).not.toContain('Seq Scan')
  })

  it('are at most 330, those that share the rarest terms first among them', async () => {
    const ids = await candidateIds(demandOf({ title: 't1 t2 t3 t4', fields: ['f1', 'f2'] }))
    expect(ids.length).toBeGreaterThan(100)
    expect(ids.length).toBeLessThanOrEqual(330)
    const terms = [
      { term: 'w:t3', weight: 5000 },
      { term: 'w:t4', weight: 1 },
    ]
    const [both] = await listCandidates(database.db, {
      ...side,
      terms,
      maxByTerms: 1,
      neighbours: [],
      maxByNeighbours: 0,
    })
    const found = await database.pool.query('select terms::text from match_documents where listing_id = $1', [both])
    expect(found.rows[0].terms).toContain("'w:t3'")
  })

  it('are found by a word that nobody has counted yet', async () => {
    const id = await add(supplyOf({ title: '钙钛矿叠层太阳能电池' }))
    expect(await candidateIds(demandOf({ title: '钙钛矿器件封装' }))).toContain(id)
  })

  it('are found without a common word by their place in the classification', async () => {
    const place = { fields: ['aerospace'], industries: ['C37'] }
    const id = await add(supplyOf({ title: '螺旋桨', ...place }))
    expect(await candidateIds(demandOf({ title: '轻量机身', ...place }))).toContain(id)
  })

  it('leave out closed gates when they are asked for a day', async () => {
    const terms = { region: '330200', cooperationModes: ['licence'], trlMin: 3, trlMax: 5, priceMinFen: 900 }
    const id = await add(supplyOf({ title: '深海采矿集矿车', ...terms, deadline: '2026-06-30' }))
    const asks = (facts: Partial<Facts>, gatedOn?: string) =>
      candidateIds(demandOf({ title: '深海采矿集矿车', ...facts }), gatedOn === undefined ? {} : { gatedOn })
    const open = { acceptedRegions: ['330000'], cooperationModes: ['licence'], trlMin: 4, priceMaxFen: 1_000 }
    expect(await asks(open, '2026-06-30')).toContain(id)
    expect(await asks(open, '2026-07-01')).not.toContain(id)
    for (const closed of [
      { acceptedRegions: ['360000'] },
      { cooperationModes: ['transfer'] },
      { trlMin: 9 },
      { priceMaxFen: 1 },
    ]) {
      expect(await asks({ ...open, ...closed }, '2026-06-30')).not.toContain(id)
      expect(await asks({ ...open, ...closed })).toContain(id)
    }
  })

  it('leave out the own organisation', async () => {
    const orgId = newId('organisation')
    const id = await add(supplyOf({ title: '石墨烯散热膜', orgId }))
    expect(await candidateIds(demandOf({ title: '石墨烯散热膜' }))).toContain(id)
    expect(await candidateIds(demandOf({ title: '石墨烯散热膜', orgId }))).not.toContain(id)
  })

  it('survive quotes and backslashes in their terms', async () => {
    const terms = ["w:it's", 'w:a\\b', "c:'"].map((term) => ({ term, weight: 1 }))
    const query = { ...side, terms, maxByTerms: 10, neighbours: [], maxByNeighbours: 10 }
    expect(await listCandidates(database.db, query)).toEqual([])
  })
})

describe('term frequencies', () => {
  const countOf = async (term: string) => (await findTermCounts(database.db, 'supply', [term])).frequencies.get(term)

  it('are the exact numbers of documents of one kind', async () => {
    const { rows } = await database.pool.query(
      `select count(*)::int from match_documents where kind = 'supply' and terms @@ '''w:t3'''`,
    )
    expect(await countOf('w:t3')).toBe(rows[0].count)
    expect((await findTermCounts(database.db, 'demand', ['w:t3'])).frequencies.size).toBe(0)
  })

  it('are counted again when enough has changed, and forget terms that are gone', async () => {
    await database.pool.query(`delete from match_documents where terms @@ '''w:t3'''`)
    await refreshTermFrequencies(deps())
    expect(await countOf('w:t3')).toBeGreaterThan(0)
    clock.advance('1d')
    await database.pool.query(`update match_documents set updated_at = $1 where terms @@ '''f:f1'''`, [clock.now()])
    clock.advance('1m')
    await refreshTermFrequencies(deps())
    expect(await countOf('w:t3')).toBeUndefined()
  })
})
