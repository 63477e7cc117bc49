import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.ts'
import { upsertDocument } from '../../../src/modules/matching/document-repo.ts'
import { keepStatisticsInStep } from '../../../src/modules/matching/keep-statistics-in-step.ts'
import { findActiveTextModel } from '../../../src/modules/matching/statistics-repo.ts'
import { activeTextModel } from '../../../src/modules/matching/text-model-cache.ts'
import { trainTextModel } from '../../../src/modules/matching/train-text-model.ts'
import { testClock } from '../../support/clock.ts'
import { useTestDatabase } from '../../support/db.ts'
import { aDemand, aSupply, TITLES } from './domain/market.ts'

const database = useTestDatabase()
const clock = testClock()
const deps = () => ({ db: database.db, clock })
beforeEach(() => database.reset())

async function add(titles: readonly string[]): Promise<void> {
  for (const title of titles) {
    const facts = aSupply({ id: newId('supply'), orgId: newId('organisation'), title })
    await upsertDocument(database.db, { facts, version: 1, terms: ['w:x'] }, clock.now())
  }
}

describe('the text model', () => {
  it('is the untrained one until there are 20 titles', async () => {
    await add(TITLES.slice(0, 19))
    await keepStatisticsInStep(deps())
    await trainTextModel(deps())
    expect(await activeTextModel(database.db)).toMatchObject({ titles: 0, textModel: { idf: { documents: 0 } } })
  })

  it('is trained as soon as there are 20, and again when their number has doubled', async () => {
    await add(TITLES.slice(0, 20))
    await keepStatisticsInStep(deps())
    const first = await activeTextModel(database.db)
    expect(first).toMatchObject({ titles: 20, textModel: { idf: { documents: 20 } } })
    await add(TITLES.slice(20, 39))
    await keepStatisticsInStep(deps())
    expect(await activeTextModel(database.db)).toBe(first)
    await add(TITLES.slice(39, 40))
    await keepStatisticsInStep(deps())
    expect(await activeTextModel(database.db)).toMatchObject({ titles: 40 })
  })

  it('stays the same when the titles do, whatever their order', async () => {
    await add(TITLES)
    await trainTextModel(deps())
    const first = await findActiveTextModel(database.db)
    await database.pool.query('delete from match_documents')
    await add([...TITLES].reverse())
    clock.advance('1d')
    await trainTextModel(deps())
    expect(await findActiveTextModel(database.db)).toEqual(first)
  })

  it('knows what demands ask for, and is another when they change', async () => {
    await add(TITLES)
    await trainTextModel(deps())
    const before = await activeTextModel(database.db)
    const facts = aDemand({ id: newId('demand'), orgId: newId('organisation'), title: '求铝合金', body: '压铸件开裂' })
    await upsertDocument(database.db, { facts, version: 1, terms: ['w:x'] }, clock.now())
    await trainTextModel(deps())
    const after = await activeTextModel(database.db)
    expect([before, after].map(({ textModel }) => textModel.referenceDemands.length)).toEqual([0, 1])
    expect(after.textModel.version).not.toBe(before.textModel.version)
  })

  it('is the only active one, and goes when nothing was scored with it', async () => {
    await add(TITLES.slice(0, 20))
    await trainTextModel(deps())
    clock.advance('2d')
    await add(TITLES.slice(20))
    await trainTextModel(deps())
    const { rows } = await database.pool.query('select is_active, document_count from text_models')
    expect(rows).toEqual([{ is_active: true, document_count: 40 }])
  })
})
