import { describe, expect, it } from 'vitest'
import { highlightEnd, highlightStart, toHighlight } from '../../../src/adapters/search/meilisearch-highlight.ts'

const mark = (text: string) => text.replaceAll('[', highlightStart).replaceAll(']', highlightEnd)

describe('toHighlight', () => {
  it.each([
    ['高[压铸]模具', '高<em>压铸</em>模具'],
    ['<b>[压铸]</b> & "x"', '&lt;b&gt;<em>压铸</em>&lt;/b&gt; &amp; &quot;x&quot;'],
    ['[锂][电池]回收', '<em>锂电池</em>回收'],
    ['[perov]skite 与 [AI]', 'perovskite 与 <em>AI</em>'],
    ['<em>压铸</em>', '&lt;em&gt;压铸&lt;/em&gt;'],
  ])('turns %s into HTML', (marked, html) => {
    expect(toHighlight(mark(marked))).toBe(html)
  })
})
