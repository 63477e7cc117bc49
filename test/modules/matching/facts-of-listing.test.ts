import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.ts'
import { demandKind } from '../../../src/modules/demands/index.ts'
import { type Described, factsOfDemand, factsOfSupply } from '../../../src/modules/matching/facts-of-listing.ts'
import { supplyKind } from '../../../src/modules/supplies/index.ts'

const content = {
  title: '题目',
  summary: '摘要',
  description: '描述',
  fields: ['new-energy'],
  industries: ['C38'],
  strategicIndustries: [],
  ipc: ['H01M'],
  keywords: ['关键词'],
  region: '330206',
  cooperationModes: ['assignment'],
  indicators: [{ name: '耐温', operator: '>=' as const, value: 600 }],
  language: 'zh',
}

function described(definition: typeof demandKind, details: Record<string, unknown>): Described {
  return {
    id: newId(definition.kind === 'supply' ? 'supply' : 'demand'),
    orgId: newId('organisation'),
    market: 'ningbo',
    content,
    details,
    facets: definition.facetsOf(details),
    state: 'published',
    trustCode: 'yellow',
  }
}

describe('factsOfDemand', () => {
  it('joins all that members may read', () => {
    const details = { problem: '难题', scenario: '场景', elements: { material: '材料' }, constraints: ['约束'] }
    const { body } = factsOfDemand(described(demandKind, details))
    for (const part of ['摘要', '描述', '难题', '场景', '材料', '约束', '关键词', '耐温']) expect(body).toContain(part)
  })

  it('takes the preferred regions for a condition, and none of them for none', () => {
    expect(factsOfDemand(described(demandKind, { preferredRegions: ['330200'] })).acceptedRegions).toEqual(['330200'])
    expect(factsOfDemand(described(demandKind, {})).acceptedRegions).toEqual([])
  })

  it('reads budget, maturity and deadline', () => {
    const details = { budgetMinFen: 1, budgetMaxFen: 9, trlMin: 5, deadline: '2027-06-30' }
    const expected = { priceMinFen: 1, priceMaxFen: 9, trlMin: 5, deadline: '2027-06-30', trustCode: 'yellow' }
    expect(factsOfDemand(described(demandKind, details))).toMatchObject(expected)
  })
})

describe('factsOfSupply', () => {
  it('joins all that members may read', () => {
    const details = {
      ...{ coreClaim: '核心', problemSolved: '解决', applications: ['应用'] },
      advantages: [{ claim: '优点', comparison: '对比' }],
    }
    const { body } = factsOfSupply(described(supplyKind, details), '2026-03-02')
    for (const part of ['核心', '解决', '应用', '优点', '对比', '关键词']) expect(body).toContain(part)
  })

  it('knows which modes its rights do not allow on the day', () => {
    const details = { ipRights: [{ type: 'invention', legalState: 'granted', expiresOn: '2026-03-02' }] }
    const listing = described(supplyKind, details)
    expect(factsOfSupply(listing, '2026-03-02').ipBlockedModes).toEqual([])
    expect(factsOfSupply(listing, '2026-03-03').ipBlockedModes).toContain('assignment')
  })
})

describe('the indicators of a listing', () => {
  it('are those declared and those read, in base units', () => {
    const { indicators } = factsOfSupply(described(supplyKind, { coreClaim: '壁厚 3.5 mm，减重18%以上' }), '2026-03-02')
    expect(indicators).toEqual([
      expect.objectContaining({ name: '耐温', value: 600, quantity: 'number', source: 'declared', isBound: true }),
      expect.objectContaining({
        name: '壁厚',
        quantity: 'length',
        min: 0.0035,
        max: 0.0035,
        source: 'read',
        isBound: false,
      }),
      expect.objectContaining({ name: '减重', quantity: 'ratio', min: 18, source: 'read', isBound: true }),
    ])
  })

  it('compare with themselves alone when nobody knows their unit', () => {
    const listing = described(demandKind, {})
    const indicators = [{ name: '剂量', operator: '>=' as const, value: 3, unit: '锅' }]
    const facts = factsOfDemand({ ...listing, content: { ...content, indicators } })
    expect(facts.indicators?.[0]).toMatchObject({ quantity: 'unit 锅', min: 3, source: 'declared' })
  })
})

describe('the words of a listing', () => {
  it('are those of a demand with its body, and of a supply by its title alone', () => {
    expect(factsOfDemand(described(demandKind, { problem: '真空压铸' })).words).toEqual(
      expect.arrayContaining(['题目', '真空', '压铸']),
    )
    expect(factsOfSupply(described(supplyKind, { coreClaim: '真空压铸' }), '2026-03-02').words).toEqual(['题目'])
  })
})
