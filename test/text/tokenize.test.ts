import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tokenizeForIndex, tokenizeQuery } from '../../src/text/tokenize.ts'

describe('tokenizeForIndex', () => {
  it('cuts long words into the words inside them', () => {
    expect(tokenizeForIndex('人工智能技术')).toEqual(expect.arrayContaining(['人工智能', '智能', '技术']))
  })

  it('drops grammar, signs, white space and single Latin letters', () => {
    expect(tokenizeForIndex('一种 A 的，以及；b（用于）…　!')).toEqual([])
  })

  it('keeps Latin words, numbers and single Chinese characters', () => {
    expect(tokenizeForIndex('ＰＶＣ 5G 铝 1700')).toEqual(expect.arrayContaining(['pvc', '铝', '1700']))
  })

  it.each(['', '   ', '🚀🎉👩‍👩‍👧', '\u0000\ud800', '——！？'])('finds no word in %j', (text) => {
    expect(tokenizeForIndex(text)).toEqual([])
  })

  it('cuts a token after 64 characters, the same way in index and query', () => {
    const long = 'x'.repeat(300)
    expect(tokenizeForIndex(long)).toEqual(['x'.repeat(64)])
    expect(tokenizeQuery(long)).toEqual(tokenizeForIndex(long))
  })

  it('survives 20,000 characters of mixed scripts and keeps at most 4,000 tokens', () => {
    const text = '磷酸铁锂電池 Русский кабель ภาษาไทย 🚀 ABC-123；'.repeat(500).slice(0, 20_000)
    const tokens = tokenizeForIndex(text)
    expect(tokens).toHaveLength(4000)
    expect(tokenizeForIndex('焊'.repeat(20_000)).length).toBeLessThanOrEqual(4000)
  })

  it('yields only non-empty, well-formed, bounded tokens for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        for (const token of tokenizeForIndex(text)) {
          expect(token).not.toMatch(/\p{Cs}/u)
          expect(token).toMatch(/[\p{L}\p{N}]/u)
          expect([...token].length).toBeLessThanOrEqual(64)
        }
      }),
    )
  })
})

describe('tokenizeQuery', () => {
  it('names every word once and at most 64 of them', () => {
    expect(tokenizeQuery('电池 电池 电池')).toEqual(['电池'])
    const words = Array.from({ length: 200 }, (_, i) => `word${i}x`).join(' ')
    expect(tokenizeQuery(words).length).toBe(64)
  })

  it('yields words that the index of the same text has', () => {
    const text = '高精度数控机床主轴轴承温升控制技术'
    expect(tokenizeForIndex(text)).toEqual(expect.arrayContaining(tokenizeQuery(text)))
  })
})
