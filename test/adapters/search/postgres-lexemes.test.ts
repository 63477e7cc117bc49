import { describe, expect, it } from 'vitest'
import { matchVector, quoteLexeme, rankVector } from '../../../src/adapters/search/postgres-lexemes.ts'
import { allOf, anyOf } from '../../../src/adapters/search/postgres-tsquery.ts'
import { codeLexemes, singleCharacters } from '../../../src/adapters/search/postgres-words.ts'
import { aDocument } from '../../contracts/search-document.ts'

describe('the vectors of a document', () => {
  it('weigh title A, keywords and organisation B, summary C, and rank nothing by the body', () => {
    const vector = rankVector(
      aDocument({ title: '压铸', keywords: ['石墨'], orgName: '实验室', summary: '焊接', body: '光伏' }),
    )
    expect(vector).toMatch(/'压铸':\d+A/)
    expect(vector).toMatch(/'石墨':\d+B/)
    expect(vector).toMatch(/'实验室':\d+B/)
    expect(vector).toMatch(/'焊接':\d+C/)
    expect(vector).not.toContain('光伏')
  })

  it('match by every text', () => {
    const vector = matchVector(aDocument({ title: '压铸', summary: '焊接', body: '光伏', ipc: ['H01M10/0525'] }))
    for (const lexeme of ['压铸', '焊接', '光伏', '铸', 'h01m100525'])
      expect(vector.split(' ')).toContain(`'${lexeme}'`)
  })
})

describe('lexemes in a query', () => {
  it('are quoted, so that no sign is an operator', () => {
    expect(quoteLexeme(`a' | b\\`)).toBe(`'a'' | b\\\\'`)
  })

  it('are joined by AND or OR, exclusions by AND NOT', () => {
    expect(allOf(['a', 'b'], [['c', 'd'], ['e']])).toBe(`'a' & 'b' & !('c' & 'd') & !('e')`)
    expect(anyOf(['a', 'b'], [['c']])).toBe(`('a' | 'b') & !('c')`)
  })
})

describe('codes and single characters', () => {
  it('are patent numbers without signs and prefix, with and without check digit', () => {
    expect(codeLexemes('专利ZL201710601862.X及CN109034985A')).toEqual(['201710601862x', '201710601862', '109034985a'])
  })

  it('are not years, sizes and names of products', () => {
    expect(codeLexemes('2026 年 DHT-2 耐温 600℃')).toEqual([])
  })

  it('are Chinese characters and Latin letters that stand alone', () => {
    expect(singleCharacters('C 语言 AI')).toEqual(['语', '言', 'c'])
  })
})
