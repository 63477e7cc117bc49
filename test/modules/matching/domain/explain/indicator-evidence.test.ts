import { describe, expect, it } from 'vitest'
import { explain } from '../../../../../src/modules/matching/domain/explain.ts'
import { scorePair } from '../../../../../src/modules/matching/domain/score.ts'
import { scoreModelV2 } from '../../../../../src/modules/matching/domain/score-model-v2.ts'
import type { Facts, IndicatorFact } from '../../../../../src/modules/matching/domain/types.ts'
import { factsIn } from '../indicators/facts.ts'
import { preparedDemand, preparedSupply } from '../market.ts'

type Side = Partial<Facts>

function told(demandFacts: Side, supplyFacts: Side): string[] {
  const [demand, supply] = [preparedDemand(demandFacts), preparedSupply(supplyFacts)]
  return explain({ demand, supply, score: scorePair(demand, supply, scoreModelV2) }, (_vocabulary, code) => code)
}

const ofIndicators = (wanted: IndicatorFact[], offered: IndicatorFact[]) =>
  told({ indicators: wanted }, { indicators: offered }).filter((sentence) => /指标（\d/.test(sentence))

describe('the explanation of indicators', () => {
  it('tells what is met, with the numbers of both sides', () => {
    expect(ofIndicators(factsIn('减重≥15%'), factsIn('减重 18%'))).toEqual([
      '已满足的指标（1 项）：要求减重≥15%，供给方声明18%：满足。',
    ])
  })

  it('tells what is missed, and by how much', () => {
    expect(ofIndicators(factsIn('抗拉强度≥300MPa'), factsIn('抗拉强度≥240MPa', 'read'))).toEqual([
      '未满足的指标（1 项）：要求抗拉强度≥300 MPa，供给方文中写明≥240 MPa：不满足，相差约 20%。',
    ])
  })

  it('tells what nobody can judge yet', () => {
    expect(ofIndicators(factsIn('载药量≥30%，孔径≥1μm'), factsIn('孔径≤5μm'))).toEqual([
      '尚待供给方确认的指标（2 项）：载药量≥30%；要求孔径≥1 μm，供给方声明≤5 μm，无法判断。',
    ])
  })

  it('reports figures that contradict each other instead of choosing one', () => {
    expect(ofIndicators(factsIn('纯度≥95%'), factsIn('纯度≥90%，纯度≥99%'))).toEqual([
      '说法不一、需核实的指标（1 项）：要求纯度≥95%，供给方先后写有≥90%、≥99%。',
    ])
  })

  it('asks for nothing that a text mentions in passing', () => {
    expect(ofIndicators(factsIn('壁厚 3mm', 'read'), [])).toEqual([])
    expect(ofIndicators([...factsIn('纯度≥95%'), ...factsIn('网箱周长≥90m', 'read')], [])).toEqual([
      '尚待供给方确认的指标（1 项）：纯度≥95%。',
    ])
  })

  it('stays short for a data sheet', () => {
    const many = factsIn(
      Array.from({ length: 9 }, (_, i) => `指标${'甲乙丙丁戊己庚辛壬'[i]}项强度≥${i + 1}MPa`).join('，'),
    )
    expect(ofIndicators(many, []).join()).toContain('另有')
  })
})

describe('the rest of the explanation', () => {
  it('names what raised and what lowered the score, with its share', () => {
    const sentences = told(
      { title: '印染废水回用', indicators: factsIn('回用率≥95%'), region: '330206' },
      { title: '印染废水回用', indicators: factsIn('回用率≥20%'), region: '440300' },
    )
    const [contributions] = sentences.filter((sentence) => sentence.startsWith('加分'))
    expect(contributions).toMatch(/加分：.*标题.*（\+\d\.\d\d）.*减分：技术指标（−0\.88）/)
  })

  it('tells of neighbours and of listings to be confirmed', () => {
    const near = told({ region: '330206' }, { region: '330212', trustCode: 'yellow' })
    expect(near).toContain('双方在同一城市。')
    expect(near).toContain('供给信息为黄码，联系前请先核实。')
    expect(told({ region: '330206' }, { region: '330100' })).toContain('双方在同一省份。')
  })

  it('claims no price or maturity to fit that does not', () => {
    const sentences = told({ trlMin: 8, priceMaxFen: 100_00 }, { trlMin: 3, trlMax: 3, priceMinFen: 900_00 }).join()
    expect(sentences).not.toContain('不超过预算')
    expect(sentences).not.toContain('符合要求')
  })
})
