import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText } from '../../src/text/fold.ts'

describe('foldText', () => {
  it.each([
    ['ＰＶＣ　管材', 'pvc 管材'],
    ['  LiFePO₄\n\t电池 ', 'lifepo4 电池'],
    ['㎡ ｱ', 'm2 ア'],
    ['锂\u0000电\u200b池\u00ad', '锂电池'],
    ['电\ud800池', '电池'],
    ['a\u0000b', 'ab'],
    ['İ', 'i̇'],
    ['', ''],
  ])('folds %j to %j', (text, folded) => {
    expect(foldText(text)).toBe(folded)
  })

  it('keeps whole surrogate pairs', () => {
    expect(foldText('𠮷野 🚀')).toBe('𠮷野 🚀')
  })

  it('changes nothing the second time and leaves nothing a database refuses', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const folded = foldText(text)
        expect(foldText(folded)).toBe(folded)
        expect(folded).not.toMatch(/\p{Cs}/u)
        expect(folded).not.toMatch(/\p{Cc}|\s\s|^\s|\s$/u)
      }),
    )
  })
})
