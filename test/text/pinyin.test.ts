import { describe, expect, it } from 'vitest'
import { foldPinyin, pinyinSpeller } from '../../src/text/pinyin.ts'

describe('pinyinSpeller', () => {
  it.each([
    ['压铸', 'yazhu', 'yz'],
    ['壓鑄', 'yazhu', 'yz'],
    ['MEMS 传感器', 'memschuanganqi', 'memscgq'],
    ['3D打印', '3ddayin', '3ddy'],
    ['重庆大学', 'chongqingdaxue', 'cqdx'],
    ['绿色能源', 'lvsenengyuan', 'lsny'],
  ])('spells %s as %s and %s', async (text, full, initials) => {
    const spell = await pinyinSpeller()
    expect(spell(text)).toEqual({ full, initials })
    expect(spell(text)).toEqual({ full, initials })
  })

  it('has no spelling for what has no Chinese character', async () => {
    const spell = await pinyinSpeller()
    for (const text of ['', 'MEMS', '😀', '123']) expect(spell(text)).toBeUndefined()
  })

  it('spells the beginning of a long text', async () => {
    const spell = await pinyinSpeller()
    expect(spell('压'.repeat(10_000))?.initials).toBe('y'.repeat(40))
  })
})

describe('foldPinyin', () => {
  it('takes blanks, signs, case and width for nothing', () => {
    expect(foldPinyin(" Ya-zhu Mo'ju ")).toBe('yazhumoju')
    expect(foldPinyin('ＹＺ')).toBe('yz')
  })
})
