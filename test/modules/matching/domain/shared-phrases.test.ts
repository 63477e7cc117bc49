import { describe, expect, it } from 'vitest'
import { sharedPhrases } from '../../../../src/modules/matching/domain/shared-phrases.ts'
import { tokenizeForIndex } from '../../../../src/text/tokenize.ts'
import { preparedDemand, preparedSupply } from './market.ts'

function phrases(demand: string, supply: string): string[] {
  return sharedPhrases(preparedDemand({ title: demand, body: demand }), preparedSupply({ title: supply })).map(
    ({ term }) => term,
  )
}

describe('sharedPhrases', () => {
  it('begins and ends with whole words', () => {
    const found = phrases('求轻量化压铸件预研', '一体化压铸件真空成形')
    expect(found.join()).toContain('压铸件')
    expect(found.join()).not.toMatch(/化压|求|预/)
    const words = new Set(tokenizeForIndex('求轻量化压铸件预研'))
    for (const phrase of found) expect([...words].some((word) => phrase.startsWith(word))).toBe(true)
  })

  it('joins words that stand side by side in both texts', () => {
    expect(phrases('改进磷酸铁锂正极材料', '磷酸铁锂正极材料及其制备方法')[0]).toBe('磷酸铁锂正极材料')
  })

  it('keeps Latin words apart and leaves out what every listing says', () => {
    expect(phrases('deep learning 检测技术', 'deep learning 质量检测')).toEqual(
      expect.arrayContaining(['deep', 'learning']),
    )
    expect(phrases('新型技术装备', '新型技术装备')).not.toContain('技术')
  })

  it('shows nothing where words are not known or not shared', () => {
    expect(phrases('风力发电', 'vaccine')).toEqual([])
    const unknown = preparedSupply({ title: '压铸件', words: undefined })
    expect(sharedPhrases(preparedDemand({ title: '压铸件' }), unknown)).toEqual([])
  })
})
