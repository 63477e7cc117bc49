import { describe, expect, it } from 'vitest'
import { unigramsAndBigramsOf, unitRuns } from '../../../../src/modules/matching/domain/grams.ts'

describe('unitRuns', () => {
  it.each([
    [
      '一种磷酸铁锂的制备方法',
      [
        ['磷', '酸', '铁', '锂'],
        ['制', '备', '方', '法'],
      ],
    ],
    ['ＰＶＣ管-5G', [['pvc', '管'], ['5g']]],
    ['铝，合金', [['铝'], ['合', '金']]],
    ['🚀 的 …', []],
    ['', []],
    ['\ud800铝\u0000', [['铝']]],
    ['x'.repeat(33), []],
  ])('cuts %j', (text, runs) => {
    expect(unitRuns(text)).toEqual(runs)
  })

  it('reads the first 4,000 units of a long text', () => {
    expect(unitRuns('铝合金，'.repeat(5000)).flat()).toHaveLength(4000)
  })
})

describe('unigramsAndBigramsOf', () => {
  it('pairs neighbours within a run only', () => {
    expect(unigramsAndBigramsOf([['铝', '合', '金'], ['pvc']])).toEqual(['铝', '合', '金', 'pvc', '铝 合', '合 金'])
  })
})
