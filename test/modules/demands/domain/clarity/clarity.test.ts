import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clarityOf, unclearElements } from '../../../../../src/modules/demands/domain/clarity/clarity.ts'
import { cueWords } from '../../../../../src/modules/demands/domain/clarity/cues.ts'
import {
  type ClarityElement,
  clarityElements,
  elementWeights,
} from '../../../../../src/modules/demands/domain/clarity/element.ts'
import { clarityQuestions } from '../../../../../src/modules/demands/domain/clarity/questions.ts'
import type { StatedDemand } from '../../../../../src/modules/demands/domain/clarity/stated-demand.ts'

const bare: StatedDemand = { title: '技术需求', keywords: [], indicators: [], cooperationModes: [] }
const full: StatedDemand = {
  title: '混合动力双电机壳体轻量化技术需求',
  keywords: ['压铸'],
  problem: '双电机壳体压铸件气孔率高，冷却流道换热不足。',
  elements: {
    product: '电机壳体',
    material: '铝合金',
    method: '高真空压铸',
    efficacy: '减重',
    application: '混动汽车',
  },
  indicators: [{ name: '减重', unit: '%' }],
  budgetMaxFen: 200_000_000,
  deadline: '2027-06-30',
  trlMin: 5,
  cooperationModes: ['joint_development'],
}

const findingOf = (element: ClarityElement, demand: Partial<StatedDemand>) =>
  clarityOf({ ...bare, ...demand }).elements.find((one) => one.element === element)
const stateOf = (element: ClarityElement, description: string) => findingOf(element, { description })?.state

describe('clarityOf', () => {
  it('is 0 for a demand that says nothing and 100 for one that says everything', () => {
    expect(clarityOf(bare)).toMatchObject({ score: 0 })
    expect(clarityOf(full)).toMatchObject({ score: 100 })
    expect(unclearElements(clarityOf(full))).toEqual([])
    expect(unclearElements(clarityOf(bare)).map(({ element }) => element)).toEqual(clarityElements)
  })

  it('weighs the elements to 100 points', () => {
    expect(Object.values(elementWeights).reduce((sum, weight) => sum + weight, 0)).toBe(100)
  })

  it.each(clarityElements)('loses the points of %s when it alone is not said', (element) => {
    const without: Record<ClarityElement, Partial<StatedDemand>> = {
      problem: { problem: undefined },
      object: { elements: { ...full.elements, product: undefined }, title: '技术需求' },
      material: { elements: { ...full.elements, material: undefined } },
      method: { elements: { ...full.elements, method: undefined }, keywords: [], problem: '壳体气孔率高，换热不足。' },
      efficacy: { elements: { ...full.elements, efficacy: undefined }, title: '双电机壳体技术需求' },
      application: { elements: { ...full.elements, application: undefined } },
      indicators: { indicators: [] },
      budget: { budgetMaxFen: undefined },
      deadline: { deadline: undefined },
      maturity: { trlMin: undefined },
      cooperation_modes: { cooperationModes: [] },
    }
    const { score } = clarityOf({ ...full, ...without[element] })
    const isHalfSaid = findingOf(element, { ...full, ...without[element] })?.state === 'partial'
    expect(score).toBe(100 - elementWeights[element] * (isHalfSaid ? 0.5 : 1))
  })

  it.each<[ClarityElement, string, string, string]>([
    ['problem', '主要问题是：焊缝在低温下开裂', '焊缝开裂', '我们是一家企业'],
    ['material', '材料为六系铝合金', '铝合金壳体', '一个壳体'],
    ['method', '采用高真空压铸工艺', '压铸件', '一个零件'],
    ['efficacy', '希望使能耗降低 20%', '希望降低能耗', '希望合作'],
    ['application', '用于新能源汽车电机', '汽车零件', '某种零件'],
    ['indicators', '抗拉强度不低于 280 MPa', '壁厚 3.5mm', '强度要高'],
  ])('reads %s from the text: outright in full, in passing by half', (element, outright, passing, nothing) => {
    expect(stateOf(element, outright)).toBe('present')
    expect(stateOf(element, passing)).toBe('partial')
    expect(stateOf(element, nothing)).toBe('missing')
  })

  it.each<[ClarityElement, string]>([
    ['budget', '预算约 200 万元'],
    ['deadline', '希望在 2027 年 6 月前解决'],
    ['maturity', '已完成中试'],
    ['cooperation_modes', '希望联合研发'],
  ])('counts %s by half when only the text names it, because no gate reads texts', (element, text) => {
    expect(stateOf(element, text)).toBe('partial')
  })

  it('reads full-width figures and names what it rests on', () => {
    expect(findingOf('indicators', { description: '耐温≥６００℃，寿命长' })).toMatchObject({
      ...{ state: 'present', evidence: '≥600°C' },
    })
    expect(findingOf('problem', { problem: '壳'.repeat(30) })).toMatchObject({ state: 'partial' })
    expect(findingOf('object', { title: '磷酸铁锂正极材料技术需求' })).toMatchObject({
      ...{ state: 'partial', evidence: '磷酸铁锂正极材料' },
    })
  })

  it('takes an indicator without a unit for half an answer', () => {
    expect(findingOf('indicators', { indicators: [{ name: '寿命' }] })?.state).toBe('partial')
  })

  it('lets no sign, emoji or filler pass for an answer', () => {
    const filler = { problem: '！！！！！！！！！！！！', elements: { product: '🚗', material: '…', method: '—' } }
    expect(clarityOf({ ...bare, ...filler }).score).toBeLessThanOrEqual(10)
    expect(findingOf('object', filler)?.state).toBe('missing')
  })

  const isSane = (demand: StatedDemand) => {
    const { score } = clarityOf(demand)
    return score >= 0 && score <= 100 && clarityOf({ ...demand }).score === score
  }

  it.each(['', '😀', '采用', '提高', '1', '≥ ', '1 '])('reads 20,000 characters of "%s"', (text) => {
    const long = text.repeat(20_000).slice(0, 20_000)
    expect(isSane({ ...bare, title: long, description: long, problem: long })).toBe(true)
  })

  it('never fails, never leaves 0 to 100, and gives the same text the same score', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 })
    fc.assert(
      fc.property(text, text, (title, problem) => isSane({ ...bare, title, description: title, problem })),
      { numRuns: 50 },
    )
  })

  it('never falls when a field is filled', () => {
    const part = fc.subarray(Object.keys(full) as (keyof StatedDemand)[])
    const pick = (names: readonly string[]) =>
      ({
        ...bare,
        ...Object.fromEntries(Object.entries(full).filter(([name]) => names.includes(name))),
      }) as StatedDemand
    fc.assert(
      fc.property(part, fc.constantFrom(...(Object.keys(full) as (keyof StatedDemand)[])), (names, more) => {
        expect(clarityOf(pick([...names, more])).score).toBeGreaterThanOrEqual(clarityOf(pick(names)).score)
      }),
    )
  })
})

describe('the questions', () => {
  it('are there for every element, in Chinese and English', () => {
    for (const element of clarityElements) {
      expect(clarityQuestions[element].zh).toMatch(/？|。$/)
      expect(clarityQuestions[element].en).toMatch(/[.?]$/)
    }
  })
})

describe('cueWords', () => {
  it('names each word of an element once, and none for what texts do not name', () => {
    expect(cueWords('material', '铝合金壳体与镁合金壳体，铝合金为主')).toEqual(['铝合金', '镁合金'])
    expect(cueWords('method', '')).toEqual([])
  })
})
