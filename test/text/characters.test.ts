import { describe, expect, it } from 'vitest'
import { hanUnigrams } from '../../src/text/characters.ts'

describe('hanUnigrams', () => {
  it('names every Chinese character in order', () => {
    expect(hanUnigrams('铝合金 PVC 铝𠮷')).toEqual(['铝', '合', '金', '铝', '𠮷'])
  })

  it.each(['', '🚀🎉', 'steel', '\ud800'])('finds none in %j', (text) => {
    expect(hanUnigrams(text)).toEqual([])
  })

  it('survives 20,000 characters', () => {
    expect(hanUnigrams('焊'.repeat(20_000))).toHaveLength(20_000)
  })
})
