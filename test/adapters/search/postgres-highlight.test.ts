import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { highlight } from '../../../src/adapters/search/postgres-highlight.ts'

describe('highlight', () => {
  it('joins terms that touch or overlap', () => {
    expect(highlight('磷酸铁锂电池', ['锂电', '电池', '锂电池', '磷酸', '铁'])).toBe('<em>磷酸铁锂电池</em>')
  })

  it('marks every place of a term', () => {
    expect(highlight('压铸与压铸', ['压铸'])).toBe('<em>压铸</em>与<em>压铸</em>')
  })

  it('marks the original spelling of letters that fold to several or to none', () => {
    expect(highlight('㎏ 与 Ａ\u200bＩ 与 ﬁlter', ['kg', 'ai', 'filter'])).toBe(
      '<em>㎏</em> 与 <em>Ａ\u200bＩ</em> 与 <em>ﬁlter</em>',
    )
  })

  it('marks a letter together with its accent', () => {
    expect(highlight('cafe\u0301 技术', ['café'])).toBe('<em>cafe\u0301</em> 技术')
  })

  it('only adds markup: without it and unescaped, the text is the same', () => {
    const pieces = fc.constantFrom('压铸', 'AI', '<b>', '&', '"', "'", ' ', '😀', '\ud800', 'é', 'ﬁ', '\u0000')
    const text = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(
        text,
        fc.array(fc.constantFrom('压铸', 'ai', 'b', '铸', 'fi'), { maxLength: 4 }),
        (original, terms) => {
          const html = highlight(original, terms)
          const plain = html
            .replace(/<\/?em>/g, '')
            .replaceAll('&lt;', '<')
            .replaceAll('&gt;', '>')
            .replaceAll('&quot;', '"')
            .replaceAll('&#39;', "'")
            .replaceAll('&amp;', '&')
          expect(plain).toBe(original)
          expect(html.replace(/<\/?em>/g, '')).not.toMatch(/[<>"']/)
        },
      ),
    )
  })
})
