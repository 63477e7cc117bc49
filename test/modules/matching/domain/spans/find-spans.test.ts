import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unitRuns } from '../../../../../src/modules/matching/domain/grams.ts'
import { findSpans } from '../../../../../src/modules/matching/domain/spans/find-spans.ts'
import { foldedText, spell } from '../../../../../src/modules/matching/domain/spans/folded-text.ts'

const spansIn = (term: string, text: string, most = 5) => findSpans(term, text, foldedText(text), most)
const slices = (term: string, text: string, most?: number) =>
  spansIn(term, text, most).map(({ start, end }) => text.slice(start, end))

describe('findSpans', () => {
  it.each([
    ['压铸', '高真空压铸，压铸', ['压铸', '压铸']],
    ['pvc', 'ＰＶＣ管与PVC板，upvc除外', ['ＰＶＣ', 'PVC']],
    ['5g', '5G基站、15G', ['5G']],
    ['m2', '每㎡', ['㎡']],
    ['2', '每㎡', []],
    ['铝', '👩‍🔬铝𠮷铝', ['铝', '铝']],
    ['café', 'CAFE\u0301 改造', ['CAFE\u0301']],
    // "及其" parts what the scorer keeps apart.
    ['备应', '制备及其应用', []],
    ['一种', '一种方法', []],
    ['氩弧', '', []],
    ['', '空词', []],
  ])('of %j in %j', (term, text, expected) => {
    expect(slices(term, text)).toEqual(expected)
  })

  it('stops at the number of places that is asked for', () => {
    expect(spansIn('压', '压压压压', 3)).toEqual([0, 1, 2].map((start) => ({ start, end: start + 1 })))
  })

  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 4 }),
    fc.constantFrom(
      '压铸',
      'ＰＶＣ',
      'Ⅳ',
      '㎡',
      '㍿',
      'ﬁ',
      'e\u0301',
      'İ',
      'Σ',
      '\u3099',
      'が',
      '的',
      '一种',
      ' ',
      '각',
      '\ud800',
    ),
  )
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))

  it('tells places that spell the term and nothing more, apart from each other and in order', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const written = `${a}压铸${b}ＰＶＣ${a}`
        for (const term of new Set([...unitRuns(a).flat(), ...unitRuns(b).flat(), '压铸', 'pvc'])) {
          let done = 0
          for (const { start, end } of spansIn(term, written)) {
            expect(spell(written.slice(start, end))).toBe(term)
            expect(start).toBeGreaterThanOrEqual(done)
            done = end
          }
        }
      }),
    )
  })

  it('finds every unit of a text of whole characters in it', () => {
    const characters = fc.constantFrom(...'高真空压铸技术ＡｂＣ１２ xyz，。的和'.split(''))
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 30 }), (written) => {
        for (const unit of unitRuns(written).flat()) expect(slices(unit, written)).not.toEqual([])
      }),
    )
  })
})
