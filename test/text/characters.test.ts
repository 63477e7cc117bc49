import { describe, expect, it } from 'vitest'
import { hanBigrams, hanUnigrams } from '../../src/text/characters.ts'

describe('hanUnigrams', () => {
  it('names every Chinese character in order', () => {
    expect(hanUnigrams('铝合金 PVC 铝𠮷')).toEqual(['铝', '合', '金', '铝', '𠮷'])
  })
})

describe('hanBigrams', () => {
  it('pairs neighbours but not over a space, a sign or a Latin word', () => {
    expect(hanBigrams('铝合金，轴承PVC管 材𠮷')).toEqual(['铝合', '合金', '轴承', '材𠮷'])
  })

  it.each(['', '铝', '🚀🎉', 'steel', '\ud800'])('finds no pair in %j', (text) => {
    expect(hanBigrams(text)).toEqual([])
  })

  it('survives 20,000 characters', () => {
    expect(hanBigrams('焊'.repeat(20_000))).toHaveLength(19_999)
  })
})
