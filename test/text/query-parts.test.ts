import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readQueryParts, saysSomething, withoutCompounds } from '../../src/text/query-parts.ts'

describe('readQueryParts', () => {
  it('takes words, phrases and exclusions of either apart, whatever the quotes', () => {
    expect(readQueryParts('压铸 “电机 壳体” -砂型 -"消失模 铸造" 铝-锂')).toEqual({
      words: ['压铸', '铝-锂'],
      phrases: ['电机 壳体'],
      excluded: ['砂型'],
      excludedPhrases: ['消失模 铸造'],
    })
  })

  it('reads a quote without its partner as a separator', () => {
    expect(readQueryParts('压铸"模具')).toMatchObject({ words: ['压铸', '模具'], phrases: [] })
  })

  it('never fails and leaves no operator in a part', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (q) => {
        for (const part of Object.values(readQueryParts(q)).flat()) expect(part).not.toContain('"')
      }),
      { numRuns: 20 },
    )
  })
})

describe('withoutCompounds', () => {
  it('drops a word that shorter ones make up, and keeps what none covers', () => {
    expect(withoutCompounds(['锂电', '电池', '锂电池', '正极'])).toEqual(['锂电', '电池', '正极'])
    expect(withoutCompounds(['锂电池', '电池'])).toEqual(['锂电池', '电池'])
  })
})

describe('saysSomething', () => {
  it.each([
    ['***', false],
    ['-', false],
    ['钙', true],
    ['5', true],
  ])('%s: %s', (text, says) => {
    expect(saysSomething(text)).toBe(says)
  })
})
