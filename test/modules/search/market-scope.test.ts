import { beforeEach, describe, expect, it } from 'vitest'
import { upsertMarket } from '../../../src/modules/markets/index.ts'
import { readMarketScope } from '../../../src/modules/search/market-scope.ts'
import { qualificationsBelow } from '../../../src/modules/search/qualifications-below.ts'
import { testClock } from '../../support/clock.ts'
import { useTestDatabase } from '../../support/db.ts'

const database = useTestDatabase()
const deps = () => ({ db: database.db, clock: testClock() })
const base = { nameZh: '市场', nameEn: 'Market', region: '330200' }

beforeEach(async () => {
  await database.reset()
  const rules = (...synonyms: string[][]) => ({ publishOnSubmit: true, synonyms })
  await upsertMarket(deps(), { ...base, code: 'east', rules: rules(['大力绳', '斜拉索']) })
  await upsertMarket(deps(), { ...base, code: 'east-port', parentCode: 'east', rules: rules(['岸桥', '岸边起重机']) })
  await upsertMarket(deps(), { ...base, code: 'west', rules: { publishOnSubmit: true } })
})

describe('readMarketScope', () => {
  it('is the asked market with its branches, and the synonyms of it and of those above', async () => {
    expect(await readMarketScope(database.db, { asked: 'east', own: 'west' })).toEqual({
      ...{ markets: ['east', 'east-port'], synonyms: [['大力绳', '斜拉索']] },
    })
    const { markets, synonyms } = await readMarketScope(database.db, { asked: 'east-port', own: undefined })
    expect(markets).toEqual(['east-port'])
    expect(synonyms).toEqual([
      ['岸桥', '岸边起重机'],
      ['大力绳', '斜拉索'],
    ])
  })

  it('is everywhere, in the words of the own market, when none is asked', async () => {
    expect(await readMarketScope(database.db, { asked: undefined, own: 'east' })).toEqual({
      synonyms: [['大力绳', '斜拉索']],
    })
    expect(await readMarketScope(database.db, { asked: undefined, own: undefined })).toEqual({ synonyms: [] })
  })

  it('refuses an unknown market and names the nearest', async () => {
    await expect(readMarketScope(database.db, { asked: 'eats', own: undefined })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
    })
  })
})

describe('qualificationsBelow', () => {
  it('are the type itself and the steps of its ladder', () => {
    expect(qualificationsBelow(['little_giant'])).toEqual(['little_giant'])
    expect(qualificationsBelow(['specialised_sme'])).toEqual([
      ...['specialised_sme', 'innovative_sme', 'specialised_new_sme', 'little_giant', 'key_little_giant'],
    ])
    expect(qualificationsBelow(['gazelle', 'unicorn'])).toEqual(['gazelle', 'unicorn'])
  })
})
