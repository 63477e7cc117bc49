import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText } from '../../src/text/fold.ts'
import { simplify } from '../../src/text/traditional.ts'

describe('simplify', () => {
  it.each([
    ['機器視覺檢測', '机器视觉检测'],
    ['鋁合金壓鑄', '铝合金压铸'],
    ['太陽能電池與儲能', '太阳能电池与储能'],
    ['薴', '苎'],
  ])('writes %s as %s', (traditional, simplified) => {
    expect(simplify(traditional)).toBe(simplified)
  })

  it('leaves simplified characters, Latin letters and signs alone', () => {
    expect(simplify('高真空压铸 MEMS 传感器 (3.5 mm)')).toBe('高真空压铸 MEMS 传感器 (3.5 mm)')
  })

  it('keeps the number of characters, and changes nothing the second time', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0x3400, max: 0x9fff }).map((code) => String.fromCodePoint(code)) }),
        (text) => {
          const once = simplify(text)
          expect([...once]).toHaveLength([...text].length)
          expect(simplify(once)).toBe(once)
        },
      ),
    )
  })

  it('is a part of folding', () => {
    expect(foldText('  ＭＥＭＳ　傳感器 ')).toBe('mems 传感器')
  })
})
