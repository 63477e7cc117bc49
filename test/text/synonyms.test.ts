import { describe, expect, it } from 'vitest'
import { foldText } from '../../src/text/fold.ts'
import { curatedSynonyms, synonymVariants } from '../../src/text/synonyms.ts'

describe('the curated synonyms', () => {
  it('are 150 groups and more, each of at least two terms in different spellings', () => {
    expect(curatedSynonyms.length).toBeGreaterThanOrEqual(150)
    for (const group of curatedSynonyms) {
      const folded = group.map(foldText)
      expect(group.length, String(group)).toBeGreaterThan(1)
      expect(new Set(folded).size, String(group)).toBe(group.length)
      expect(folded).not.toContain('')
    }
  })

  it('name every term once, so that no group runs into another', () => {
    const terms = curatedSynonyms.flat().map(foldText)
    expect(terms.filter((term, index) => terms.indexOf(term) !== index)).toEqual([])
  })
})

describe('synonymVariants', () => {
  it('replaces a term inside the query by each of its synonyms', () => {
    const variants = synonymVariants('锂电池正极')
    expect(variants).toContain('锂离子电池正极')
    expect(variants).not.toContain('锂电池正极')
  })

  it('takes the longest term: 锂离子电池 is no 离子电池', () => {
    expect(synonymVariants('全固态电池')).toEqual(['固态电池', 'solid-state battery'])
  })

  it('combines the synonyms of two terms', () => {
    expect(synonymVariants('SiC IGBT')).toContain('碳化硅 绝缘栅双极型晶体管')
  })

  it.each(['aim', '计算机床头', 'sick', '', '的', '海水'])('leaves %j alone', (text) => {
    expect(synonymVariants(text)).toEqual([])
  })

  it('replaces each term alone before it replaces two', () => {
    const [first, second, third, both] = synonymVariants('甲术 乙术', [
      ['甲术', '丙术', '丁术'],
      ['乙术', '戊术'],
    ])
    expect(new Set([first, second, third])).toEqual(new Set(['甲术 戊术', '丙术 乙术', '丁术 乙术']))
    expect(both).toMatch(/^[丙丁]术 戊术$/)
  })

  it('keeps Latin words apart', () => {
    expect(synonymVariants('MES', [['MES', 'manufacturing execution']])).toContain('manufacturing execution')
    expect(synonymVariants('x射频y')).not.toContain('xrfy')
  })

  it('folds the groups of a market as it folds the query', () => {
    expect(synonymVariants('大力繩', [['大力绳', 'ＣＡＢＬＥ']])).toEqual(['cable'])
  })

  it('has few variants and an end, whatever the query', () => {
    const group = Array.from({ length: 12 }, (_, index) => `材料${index}号`)
    expect(synonymVariants(group.join(' ').repeat(100), [group]).length).toBeLessThanOrEqual(8)
    expect(synonymVariants('锂电池'.repeat(1_000)).length).toBeLessThanOrEqual(8)
  })
})
