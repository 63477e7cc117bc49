import { describe, expect, it } from 'vitest'
import { explain } from '../../../../src/modules/matching/domain/explain.ts'
import { scorePair } from '../../../../src/modules/matching/domain/score.ts'
import { scoreModelV1 } from '../../../../src/modules/matching/domain/score-model-v1.ts'
import type { Facts } from '../../../../src/modules/matching/domain/types.ts'
import { preparedDemand, preparedSupply } from './market.ts'

function explained(demandFacts: Partial<Facts>, supplyFacts: Partial<Facts>): string[] {
  const [demand, supply] = [preparedDemand(demandFacts), preparedSupply(supplyFacts)]
  return explain({ demand, supply, score: scorePair(demand, supply, scoreModelV1) }, (_vocabulary, code) => `<${code}>`)
}

describe('explain', () => {
  it('tells words, classes and terms that fit', () => {
    const sentences = explained(
      {
        title: '印染废水回用',
        body: '需要印染废水深度处理技术',
        fields: ['resources-environment'],
        cooperationModes: ['joint_development', 'assignment'],
        trlMin: 6,
        priceMaxFen: 2_000_000_00,
      },
      {
        title: '印染废水深度处理与回用技术',
        fields: ['resources-environment'],
        cooperationModes: ['joint_development', 'assignment'],
        ipBlockedModes: ['assignment'],
        trlMin: 7,
        trlMax: 7,
        priceMinFen: 800_000_00,
      },
    )
    expect(sentences[0]).toMatch(/概率约 \d+%/)
    expect(sentences[1]).toContain('印染废水深度处理')
    expect(sentences).toContain('分类相同：技术领域“<resources-environment>”。')
    expect(sentences).toContain(
      '合作方式均可为<joint_development>；成熟度 7 级符合要求的 6–9 级；报价 80 万元起，不超过预算 200 万元。',
    )
    expect(sentences.length).toBeLessThanOrEqual(7)
  })

  it('says so when the texts share nothing, and nothing of classes that a side does not name', () => {
    const sentences = explained({ title: '风力发电', fields: ['new-energy'] }, { title: 'vaccine' })
    expect(sentences).toContain('双方文本没有共同的关键词。')
    expect(sentences.some((sentence) => sentence.includes('分类'))).toBe(false)
    expect(sentences.join()).not.toContain('特征字')
  })

  it('names the disagreement of classes that both sides name', () => {
    expect(explained({ fields: ['new-energy'] }, { fields: ['aerospace'] })).toContain('双方填写的分类没有交集。')
  })
})
