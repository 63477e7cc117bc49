import { describe, expect, it } from 'vitest'
import { explainGates } from '../../../../../src/modules/matching/domain/explain/gates-passed.ts'
import { checkGates } from '../../../../../src/modules/matching/domain/gates.ts'
import type { Facts } from '../../../../../src/modules/matching/domain/types.ts'
import { aDemand, aSupply } from '../market.ts'

const today = '2026-11-20'
const told = (demand: Partial<Facts>, supply: Partial<Facts>) =>
  explainGates(checkGates(aDemand(demand), aSupply(supply), today), (_vocabulary, code) => `<${code}>`)

describe('explainGates', () => {
  it('says that all are passed', () => {
    expect(told({}, {})).toEqual(['已通过全部硬性条件：主体、状态、地域、合作方式、知识产权、成熟度、价格与期限。'])
  })

  it.each<[string, Partial<Facts>, Partial<Facts>]>([
    ['最低报价 90 万元，高于预算上限 50 万元', { priceMaxFen: 50_0000_00 }, { priceMinFen: 90_0000_00 }],
    ['成熟度 3 级不在要求的 6–9 级之内', { trlMin: 6 }, { trlMin: 3, trlMax: 3 }],
    [
      '合作方式没有交集（需求方：<equity>；供给方：<assignment>）',
      { cooperationModes: ['equity'] },
      { cooperationModes: ['assignment'] },
    ],
    ['地域不在所接受的范围内（<330200>）', { acceptedRegions: ['330200'] }, { region: '440300' }],
    [
      '知识产权状态不允许所需的合作方式',
      { cooperationModes: ['assignment'] },
      { cooperationModes: ['assignment'], ipBlockedModes: ['assignment'] },
    ],
    ['双方属于同一单位', { orgId: 'one' }, { orgId: 'one' }],
    ['一方未在市场上公开或已关闭', {}, { state: 'closed' }],
    ['需求期限已过', { deadline: '2026-11-01' }, {}],
  ])('says "%s"', (expected, demand, supply) => {
    expect(told(demand, supply)).toEqual([`未通过的硬性条件有 1 项，因此不会被推荐：${expected}。`])
  })

  it('counts them', () => {
    const [sentence] = told({ priceMaxFen: 1, trlMin: 9 }, { priceMinFen: 2, trlMin: 1, trlMax: 1 })
    expect(sentence).toContain('有 2 项')
  })
})
