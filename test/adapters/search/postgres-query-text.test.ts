import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readQueryText } from '../../../src/adapters/search/postgres-query-text.ts'

describe('readQueryText', () => {
  it('wants the parts of a long word, and the long word only for ranking', () => {
    const { required, wanted } = readQueryText('锂电池')
    expect(required).toEqual(['锂电', '电池'])
    expect(wanted).toEqual(['锂电', '电池', '锂电池'])
  })

  it('wants a long word itself when its parts do not make it up, and not its parts again', () => {
    expect(readQueryText('铝合金').required).toEqual(['铝合金'])
  })

  it('takes phrases, exclusions and excluded phrases apart', () => {
    expect(readQueryText('压铸 "模具 冷却" -镁合金 -"低压铸造"')).toMatchObject({
      required: ['压铸', '模具', '冷却'],
      phrases: ['模具 冷却'],
      excluded: [['镁合金']],
      excludedPhrases: ['低压铸造'],
      literal: '压铸 模具 冷却',
    })
  })

  it.each(['"压铸', '压铸"', '“压铸', '压铸 -'])('reads %s as the word alone', (q) => {
    expect(readQueryText(q)).toMatchObject({ required: ['压铸'], phrases: [], excluded: [] })
  })

  it('takes codes as they are, whatever their signs and prefix', () => {
    expect(readQueryText('ZL201710601862.3').required).toEqual(['2017106018623'])
    expect(readQueryText('H01M 10/0525').required).not.toContain('h01m100525')
    expect(readQueryText('h01m10/0525 电池').required).toEqual(['h01m100525', '电池'])
  })

  it('falls back to single characters where there is no word', () => {
    expect(readQueryText('的').required).toEqual(['的'])
    expect(readQueryText('C').required).toEqual(['c'])
    expect(readQueryText('***').required).toEqual([])
  })

  it('keeps a query small, however long the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 5_000 }), (q) => {
        const { wanted, phrases, excluded } = readQueryText(q)
        expect(wanted.length).toBeLessThanOrEqual(1_000)
        expect(phrases.length).toBeLessThanOrEqual(5)
        expect(excluded.length).toBeLessThanOrEqual(10)
      }),
    )
  })
})
