import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wantedWords, wordsOfListing } from '../../../src/modules/saved-searches/wanted-words.ts'

describe('wantedWords', () => {
  it('reads words, phrases and exclusions of either', () => {
    const { required, phrases, excluded, excludedPhrases } = wantedWords('压铸 “电机壳体” -砂型 -"消失模铸造"')
    expect(required).toEqual(expect.arrayContaining(['压铸', '电机', '壳体']))
    expect(required).not.toContain('砂型')
    expect(phrases).toEqual(['电机壳体'])
    expect(excluded).toHaveLength(1)
    expect(excludedPhrases).toEqual(['消失模铸造'])
  })

  it('wants a long word by its parts, so that a text that holds it inside a longer one is found', () => {
    const words = wordsOfListing({ teaser: '磷酸铁锂电池回收', body: '' })
    for (const word of wantedWords('锂电池').required) expect(words).toContain(word)
  })

  it.each(['', '   ', '***', '-', '""', '-"'])('asks for nothing in %j', (q) => {
    expect(wantedWords(q)).toEqual({ required: [], phrases: [], excluded: [], excludedPhrases: [] })
  })

  it('looks for a lone letter literally instead of finding everything', () => {
    expect(wantedWords('x')).toMatchObject({ required: [], phrases: ['x'] })
  })

  it('never fails, and stores what PostgreSQL takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (q) => {
        expect(JSON.stringify(wantedWords(q))).not.toMatch(/\\u0000|\\ud[89a-f]/i)
      }),
      { numRuns: 30 },
    )
  })
})
