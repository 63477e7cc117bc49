import { describe, expect, it } from 'vitest'
import { demandKind } from '../../../src/modules/demands/index.ts'
import { financeProductKind } from '../../../src/modules/financing/index.ts'
import type { Listing, ListingKindDefinition } from '../../../src/modules/listings/index.ts'
import { readIndicators } from '../../../src/modules/listings/read-indicators.ts'
import { supplyKind } from '../../../src/modules/supplies/index.ts'
import { useListingApi } from './listing-api.ts'

type Content = Partial<Listing['content']>

function read(definition: ListingKindDefinition, content: Content, details: Record<string, unknown> = {}) {
  const lists = { fields: [], industries: [], strategicIndustries: [], ipc: [], keywords: [], cooperationModes: [] }
  const whole = { title: '标题', language: 'zh', indicators: [], ...lists, ...content }
  return readIndicators(definition, { content: whole, details }).map(({ text }) => text)
}

describe('readIndicators', () => {
  it('reads title, summary, description and the own texts of the kind', () => {
    const content = { title: '耐温≥600℃的涂层', summary: '纯度≥99%', description: '寿命不低于5000小时' }
    const details = { coreClaim: '泄漏量≤5mL/min', advantages: [{ claim: '减重18%以上', comparison: '常规减重5%' }] }
    expect(read(supplyKind, content, details)).toEqual([
      ...['耐温≥600℃', '纯度≥99%', '寿命不低于5000小时', '泄漏量≤5mL/min', '减重18%以上'],
    ])
  })

  it('does not take what a demand has today or has tried for what it wants', () => {
    const details = {
      problem: '要求破损率3%以下',
      currentPractice: '破损率20%以上',
      triedAndFailed: '试过破损率10%以下的方案',
      constraints: ['壁厚不低于2.8mm'],
    }
    expect(read(demandKind, {}, details)).toEqual(['破损率3%以下', '壁厚不低于2.8mm'])
  })

  it('shows each once, and none that is declared, in whatever unit and wording', () => {
    const indicators = [{ name: '壁厚', operator: '>=' as const, value: 0.28, unit: 'cm' }]
    const description = '壳体壁厚≥2.8mm，减重15%以上；减重15%以上。壁厚 2.8 mm。'
    expect(read(supplyKind, { indicators, description })).toEqual(['减重15%以上'])
  })

  it('keeps a figure that says something else of a declared property', () => {
    const indicators = [{ name: '纯度', operator: '>=' as const, value: 99, unit: '%' }]
    expect(read(supplyKind, { indicators, description: '纯度≥95%' })).toEqual(['纯度≥95%'])
  })

  it('reads nothing from a kind that has no indicators', () => {
    expect(read(financeProductKind, { description: '贷款利率≤3%' })).toEqual([])
  })
})

describe('GET of a listing', () => {
  const api = useListingApi()

  it('shows members what was declared and what was read, and the public neither', async () => {
    const fields = {
      description: '壳体减重18%以上，泄漏量≤5mL/min。',
      indicators: [{ name: '泄漏量', operator: '<=', value: 5, unit: 'mL/min' }],
      confidentialDetail: '密级指标：浓度≥77%',
    }
    const { owner, listing } = await api.place.given.published(supplyKind, fields)
    const url = `/v1/supplies/${listing.id}`
    const seenBy = async (viewer?: Parameters<typeof api.as>[0]) => (await api.as(viewer).get(url)).json()
    const member = await seenBy(await api.place.given.organisation())
    const expected = [{ name: '壳体减重', operator: '>=', value: 18, unit: '%', text: '壳体减重18%以上' }]
    expect(member.indicators).toEqual(fields.indicators)
    expect(member.readIndicators).toEqual(expected)
    expect((await seenBy(owner)).readIndicators).toEqual(expected)
    expect(await seenBy()).not.toHaveProperty('readIndicators')
  })
})
