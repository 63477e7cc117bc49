import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  chooseQueryTerms,
  indexTerms,
  neighbourTerms,
  queryTerms,
} from '../../../../src/modules/matching/domain/candidates.ts'
import { tokenizeForIndex as cut } from '../../../../src/text/tokenize.ts'
import { aDemand, aSupply } from './market.ts'

const budget = { maxTerms: 9, maxNewTerms: 9, maxDocuments: 1000 }
const someTerms = fc.array(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 60 })

describe('chooseQueryTerms', () => {
  it('takes the rarest first', () => {
    const frequencies: Record<string, number> = { common: 900, rare: 3, accident: 1 }
    const chosen = chooseQueryTerms(Object.keys(frequencies), (term) => frequencies[term], { ...budget, maxTerms: 2 })
    expect(chosen).toEqual(['accident', 'rare'])
  })

  it('passes over a term that is too frequent', () => {
    const frequencies: Record<string, number> = { everywhere: 5000, rare: 3 }
    expect(chooseQueryTerms(Object.keys(frequencies), (term) => frequencies[term], budget)).toEqual(['rare'])
  })

  it('leaves out terms that no listing has by count', () => {
    expect(chooseQueryTerms(['gone', 'old'], (term) => (term === 'old' ? 2 : 0))).toEqual(['old'])
  })

  it('asks for words that nobody has counted yet, without taking the place of a known one', () => {
    const frequencies: Record<string, number> = { rare: 3, known: 50 }
    const terms = ['new', 'rare', 'newer', 'newest', 'known']
    const chosen = chooseQueryTerms(terms, (term) => frequencies[term], { ...budget, maxTerms: 2, maxNewTerms: 2 })
    expect(chosen).toEqual(['rare', 'known', 'new', 'newer'])
  })

  it('stays within both budgets, names no term twice and ignores the order of the terms', () => {
    fc.assert(
      fc.property(someTerms, fc.nat(30), fc.nat(500), (terms, maxTerms, maxDocuments) => {
        const frequencyOf = (term: string) => (term.charCodeAt(0) * 31 + term.length * 7) % 90
        const limits = { maxTerms, maxNewTerms: 0, maxDocuments }
        const chosen = chooseQueryTerms(terms, frequencyOf, limits)
        expect(chosen.length).toBeLessThanOrEqual(maxTerms)
        expect(chosen.reduce((sum, term) => sum + frequencyOf(term), 0)).toBeLessThanOrEqual(maxDocuments)
        expect(new Set(chosen).size).toBe(chosen.length)
        expect(chooseQueryTerms([...terms].reverse(), frequencyOf, limits)).toEqual(chosen)
      }),
    )
  })
})

describe('indexTerms', () => {
  it('names IPC places and words, each with its prefix and once', () => {
    const terms = indexTerms(aSupply({ title: '锂电池', body: '电池隔膜', ipc: ['H01M 10/0525', 'bad'] }), cut)
    expect(terms).toEqual(
      expect.arrayContaining(['i:H01M', 'i:H01M10/00', 'i:H01M10/0525', 'w:锂电池', 'w:电池', 'w:隔膜']),
    )
    expect(new Set(terms).size).toBe(terms.length)
  })

  it('stays within 1,000 terms and keeps those of the title', () => {
    const body = Array.from({ length: 3000 }, (_, i) => `word${i}x`).join(' ')
    const terms = indexTerms(aSupply({ title: '锂电池', body }), cut)
    expect(terms).toHaveLength(1000)
    expect(terms).toContain('w:锂电池')
  })

  it('finds nothing in an empty listing', () => {
    expect(indexTerms(aSupply(), cut)).toEqual([])
  })
})

describe('queryTerms', () => {
  it('asks for the places and the words of the title, which meet those of any text', () => {
    const asked = queryTerms(aDemand({ title: '电池隔膜', body: '涂覆', ipc: ['H01M10/0525'] }), cut)
    expect(asked).toEqual(expect.arrayContaining(['i:H01M10/0525', 'w:隔膜']))
    expect(asked).not.toContain('w:涂覆')
    expect(indexTerms(aSupply({ title: '膜', body: '隔膜' }), cut)).toContain('w:隔膜')
  })
})

describe('neighbourTerms', () => {
  it('crosses fields with industry divisions and IPC subclasses, and names the fields alone', () => {
    const facts = { fields: ['new-energy'], industries: ['C3841', 'C'], ipc: ['H01M10/0525', 'bad'] }
    expect(neighbourTerms(aSupply(facts))).toEqual(['f:new-energy', 'f:new-energy/C38', 'f:new-energy/H01M'])
    expect(indexTerms(aSupply(facts), cut)).toEqual(expect.arrayContaining(neighbourTerms(aSupply(facts))))
  })
})
