import { describe, expect, it } from 'vitest'
import { explainPreference } from '../../../../../src/modules/matching/domain/explain/preference.ts'
import { explain } from '../../../../../src/modules/matching/domain/explain.ts'
import { prepare } from '../../../../../src/modules/matching/domain/prepare.ts'
import { scorePair } from '../../../../../src/modules/matching/domain/score.ts'
import { shippedModel } from '../../../../../src/modules/matching/domain/shipped-models.ts'
import { trainTextModel } from '../../../../../src/modules/matching/domain/text-model.ts'
import { GOLDEN } from '../golden-pairs.ts'
import { aDemand, aSupply, TITLES } from '../market.ts'

const part = (value: number | null) => [
  { feature: 'content_preference' as const, value, weight: 1, contribution: 0, evidence: [] },
]
const textModel = trainTextModel(TITLES, { dimensions: 160, seed: 7 }, GOLDEN)
const explained = (demandTexts: { title: string; body: string }, supplyTitle: string) => {
  const [demand, supply] = [
    prepare(aDemand(demandTexts), textModel),
    prepare(aSupply({ title: supplyTitle }), textModel),
  ]
  return explain({ demand, supply, score: scorePair(demand, supply, shippedModel) }, (_, code) => code)
}

describe('the reason of a preference', () => {
  it('says that the words mean this demand, or that they fit many, and nothing in between or where nothing is known', () => {
    expect(explainPreference(part(2.34))).toEqual([
      '与市场上的其他需求相比，该供给的用词明显更贴合本需求（高出其平均水平 2.3 个标准差）。',
    ])
    expect(explainPreference(part(-0.2))).toEqual(['该供给的用词与许多其他需求同样接近，共同用词不足以说明二者匹配。'])
    for (const value of [0.5, 1.2, 1.99, null]) expect(explainPreference(part(value))).toEqual([])
    expect(explainPreference([])).toEqual([])
  })

  it('stands beside the shared words, each told once though two features rest on them', () => {
    const sentences = explained(
      { title: '印染废水回用', body: '需要印染废水深度处理技术' },
      '印染废水深度处理与回用技术',
    )
    expect(sentences.join()).toContain('明显更贴合本需求')
    const words = sentences[1]?.match(/：(.*)。/)?.[1]?.split('、') ?? []
    expect(words.length).toBeGreaterThan(0)
    expect(new Set(words).size).toBe(words.length)
  })

  it('tells the words of a demand that has a title only', () => {
    expect(explained({ title: '印染废水深度处理', body: '' }, '印染废水深度处理与回用技术').join()).toContain(
      '共同的关键词：印染废水深度处理',
    )
  })
})
