import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { measureOf } from '../../../src/text/indicators/measure.ts'
import { readIndicators } from '../../../src/text/indicators/read-indicators.ts'
import { SENTENCES } from './sentences.ts'

/** As in `SENTENCES`. */
function found(text: string): string {
  return readIndicators(text)
    .map(({ name, operator, value, valueMax, unit }) => {
      const figure = valueMax === undefined ? `${value}` : `${value}..${valueMax}`
      return `${name} ${operator} ${figure} ${unit ?? ''}`
    })
    .join('; ')
}

describe('readIndicators', () => {
  it.each(SENTENCES)('reads "%s" as "%s"', (text, expected) => {
    expect(found(text)).toBe(expected)
  })

  it('knows at least 120 sentences', () => {
    expect(SENTENCES.length).toBeGreaterThanOrEqual(120)
  })

  it('says where an indicator stands in the original text, full-width forms included', () => {
    const text = '要求：耐温≥６００℃，其余从优'
    const [indicator] = readIndicators(text)
    expect(indicator?.text).toBe('耐温≥６００℃')
    expect(text.slice(indicator?.start, indicator?.end)).toBe(indicator?.text)
  })

  it('tells bounds from bare figures', () => {
    expect(readIndicators('精度 0.01mm')[0]?.isBound).toBe(false)
    expect(readIndicators('精度≤0.01mm')[0]?.isBound).toBe(true)
    expect(readIndicators('良率达到98%')[0]?.isBound).toBe(true)
  })

  it('never throws, gives finite numbers and places within the text, for any text', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc
        .array(
          fc.constantFrom(
            '耐温',
            '≥',
            '±',
            '-',
            '1',
            '0.',
            '10^',
            '×10',
            '℃',
            'MPa/',
            '万',
            '每',
            '零下',
            '，',
            '百分之',
            '三',
            '(',
            '~',
          ),
          { maxLength: 40 },
        )
        .map((pieces) => pieces.join('')),
    )
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { value, valueMax = 0, start, end, ...indicator } of readIndicators(text)) {
          expect(Number.isFinite(value) && Number.isFinite(valueMax)).toBe(true)
          expect(text.slice(start, end)).toBe(indicator.text)
          expect(start).toBeLessThan(end)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('reads again what it rendered', () => {
    const indicator = fc.record({
      name: fc.constantFrom('抗拉强度', '泄漏量', '能量密度', '响应时间', '除尘效率', '循环寿命'),
      sign: fc.constantFrom('≥', '≤', '>', '<'),
      value: fc.integer({ min: 1, max: 9_999_999 }).map((n) => n / 1000),
      unit: fc.constantFrom('MPa', 'mL/min', 'Wh/kg', 'ms', '%', '次', '℃', '万元', 'W/(m·K)', '微米'),
    })
    fc.assert(
      fc.property(fc.array(indicator, { minLength: 1, maxLength: 8 }), (indicators) => {
        const text = indicators.map(({ name, sign, value, unit }) => `${name}${sign}${value}${unit}`).join('，')
        const read = readIndicators(text).map(({ name, value, unit }) => ({ name, value, unit }))
        expect(read).toEqual(indicators.map(({ name, value, unit }) => ({ name, value, unit })))
      }),
    )
  })

  it.each([
    ['digits', '1'.repeat(20_000)],
    ['digits and commas', '1,234'.repeat(4_000)],
    ['Chinese numerals', '三千五百'.repeat(5_000)],
    ['operators', '不低于'.repeat(6_667)],
    ['signs', '≥±~-'.repeat(5_000)],
    ['brackets', '('.repeat(20_000)],
    ['blanks', ' '.repeat(20_000)],
    ['units', '1MPa/'.repeat(4_000)],
    ['powers', '1×10^'.repeat(4_000)],
    ['words without an end', '强度稳定性'.repeat(4_000)],
    ['indicators', '抗拉强度≥280MPa，'.repeat(1_800)],
  ])('takes bounded time on 20,000 characters of %s', (_name, text) => {
    readIndicators('耐温≥600℃')
    const before = performance.now()
    readIndicators(text)
    expect(performance.now() - before).toBeLessThan(2000)
  })

  it('reads no more than 20,000 characters and 50 indicators', () => {
    expect(readIndicators(`${'文'.repeat(20_000)}，耐温≥600℃`)).toEqual([])
    expect(readIndicators('耐温≥600℃，'.repeat(60))).toHaveLength(50)
  })
})

describe('every sentence', () => {
  it.each(SENTENCES)('of "%s" has a measure', (text) => {
    for (const indicator of readIndicators(text)) expect(measureOf(indicator)).toBeDefined()
  })
})
