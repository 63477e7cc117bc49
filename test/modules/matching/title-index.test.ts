import { beforeAll, describe, expect, it } from 'vitest'
import { idToUuid, newId } from '../../../src/kernel/ids.ts'
import { cutWords } from '../../../src/modules/matching/cut-words.ts'
import { upsertDocument } from '../../../src/modules/matching/document-repo.ts'
import { indexTerms } from '../../../src/modules/matching/domain/candidates.ts'
import { prepare } from '../../../src/modules/matching/domain/prepare.ts'
import { shippedModel } from '../../../src/modules/matching/domain/shipped-models.ts'
import type { Facts } from '../../../src/modules/matching/domain/types.ts'
import { forgetterOf, titleIndexOf } from '../../../src/modules/matching/title-index.ts'
import { testClock } from '../../support/clock.ts'
import { useTestDatabase } from '../../support/db.ts'
import { aDemand, aSupply, TITLES, textModel } from './domain/market.ts'

const database = useTestDatabase()
const clock = testClock()

const write = (facts: Facts, version = 1, db = database.db) =>
  upsertDocument(db, { facts, version, terms: indexTerms(facts, cutWords) }, clock.now())
const supplyOf = (title: string): Facts => aSupply({ id: newId('supply'), orgId: newId('organisation'), title })
const bestFor = async (title: string) => {
  const own = prepare(aDemand({ title, orgId: newId('organisation') }), textModel)
  const search = { own, model: shippedModel }
  const index = await titleIndexOf(database.db, { kind: 'supply', textModel, asker: search })
  return index.search(search, 3)
}

beforeAll(async () => {
  for (const title of TITLES) await write(supplyOf(title))
})

describe('the title index', () => {
  it('finds a listing as soon as it is committed', async () => {
    await bestFor('膜')
    const late = supplyOf('钙钛矿叠层太阳能电池组件')
    await write(late)
    expect((await bestFor('钙钛矿叠层太阳能电池组件'))[0]).toBe(idToUuid(late.id))
  })

  it('finds it by characters that no title had when its query was made', async () => {
    await bestFor('膜')
    const late = supplyOf('氍毹氆氇')
    await write(late)
    expect((await bestFor('氍毹氆氇'))[0]).toBe(idToUuid(late.id))
  })

  it('finds what a transaction commits that had begun before others which are known already', async () => {
    const early = supplyOf('深海采矿扬矿泵')
    await database.db.transaction(async (tx) => {
      await write(early, 1, tx)
      await write(supplyOf('磁悬浮轴承'))
      expect(await bestFor('深海采矿扬矿泵')).not.toContain(idToUuid(early.id))
    })
    expect((await bestFor('深海采矿扬矿泵'))[0]).toBe(idToUuid(early.id))
  })

  it('finds an edited listing by its new title, once', async () => {
    const edited = supplyOf('竹纤维复合板材')
    await write(edited)
    await bestFor('竹纤维')
    for (const version of [2, 3]) await write({ ...edited, title: `超导磁体低温恒温器${version}` }, version)
    const found = await bestFor('超导磁体低温恒温器')
    expect(found.filter((uuid) => uuid === idToUuid(edited.id))).toHaveLength(1)
    expect(found[0]).toBe(idToUuid(edited.id))
  })

  it('forgets a listing that is gone, and no version that came after the question', async () => {
    const gone = supplyOf('量子点显示背光膜')
    const find = () => bestFor('量子点显示背光膜')
    await write(gone)
    expect((await find())[0]).toBe(idToUuid(gone.id))
    const forget = await forgetterOf(database.db, 'supply')
    await write({ ...gone, body: '又回到市场' }, 2)
    expect((await find())[0]).toBe(idToUuid(gone.id))
    forget([idToUuid(gone.id)])
    expect((await find())[0]).toBe(idToUuid(gone.id))
    const forgetNow = await forgetterOf(database.db, 'supply')
    forgetNow([idToUuid(gone.id)])
    expect(await find()).not.toContain(idToUuid(gone.id))
  })
})
